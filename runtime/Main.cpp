#include "Training/Run.h"

int main(int argc, char **argv) { return weft::rt::run(weft_module, argc, argv); }

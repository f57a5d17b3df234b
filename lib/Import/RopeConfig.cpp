#include "RopeConfig.h"

using namespace weft;
namespace json = llvm::json;

/// What counts for keys that are not there: `rope_type` was `type` once, and the base stood
/// outside.
static json::Object getDefaults(const json::Object &scaling, double theta) {
  const json::Value *type = scaling.get("type");
  return json::Object{{"rope_theta", theta}, {"rope_type", type ? *type : "default"}};
}

static void readLlama3(ConfigReader &scaling, Rope &rope) {
  rope.scaling = Rope::Scaling::Llama3;
  rope.factor = scaling.positive("factor");
  rope.lowFrequencyFactor = scaling.positive("low_freq_factor");
  rope.highFrequencyFactor = scaling.positive("high_freq_factor");
  rope.originalPositions = scaling.size("original_max_position_embeddings");
  if (rope.lowFrequencyFactor >= rope.highFrequencyFactor)
    scaling.fail(scaling.name("low_freq_factor") + " must be below " +
                 scaling.name("high_freq_factor"));
}

static void readScaling(ConfigReader &scaling, Rope &rope) {
  std::string type = scaling.word("rope_type");
  scaling.ignore({"type"});
  scaling.only("partial_rotary_factor", 1.0);
  if (type == "linear") {
    rope.scaling = Rope::Scaling::Linear;
    rope.factor = scaling.positive("factor");
  } else if (type == "llama3") {
    readLlama3(scaling, rope);
  } else if (type != "default") {
    scaling.fail(scaling.name("rope_type") + " must be default, linear or llama3, got '" + type +
                 "', which is not supported");
  }
}

Rope weft::readRope(ConfigReader &config) {
  Rope rope;
  rope.theta = config.positive("rope_theta");
  const json::Object *scaling = config.optionalObject("rope_scaling");
  const json::Object *parameters = config.optionalObject("rope_parameters");
  if (scaling && parameters)
    config.fail("\"rope_scaling\" and \"rope_parameters\" are both there; expected one of them");
  if (!scaling && !parameters)
    return rope;

  const json::Object &object = scaling ? *scaling : *parameters;
  ConfigReader inner(object, getDefaults(object, rope.theta),
                     scaling ? "rope_scaling." : "rope_parameters.");
  rope.theta = inner.positive("rope_theta");
  readScaling(inner, rope);
  if (llvm::Error error = inner.finish("the rotary positions of this rope_type"))
    config.fail(llvm::toString(std::move(error)));
  return rope;
}

# Gives each product of an epilogue the operand (bias(%N) or aux(%N)) of its program's first such product.
/exec\.program/ { first = "" }
index($0, " epilogue " epilogue " ") && match($0, operand "\\(%[0-9]+") {
  if (first == "")
    first = substr($0, RSTART, RLENGTH)
  else
    $0 = substr($0, 1, RSTART - 1) first substr($0, RSTART + RLENGTH)
}
{ print }

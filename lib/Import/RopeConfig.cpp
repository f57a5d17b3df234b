#include "RopeConfig.h"

using namespace weft;
namespace json = llvm::json;

/// What counts for keys that are not there: `rope_type` was `type` once, and the base stood
/// outside.
static json::Object getDefaults(const json::Object &scaling, double theta, int64_t positions) {
  const json::Value *type = scaling.get("type");
  return json::Object{{"original_max_position_embeddings", positions},
                      {"rope_theta", theta},
                      {"rope_type", type ? *type : "default"}};
}

static void readLlama3(ConfigReader &scaling, Rope &rope) {
  rope.scaling = Rope::Scaling::Llama3;
  rope.factor = scaling.positive("factor");
  rope.lowFrequencyFactor = scaling.positive("low_freq_factor");
  rope.highFrequencyFactor = scaling.positive("high_freq_factor");
  rope.originalPositions = scaling.positions("original_max_position_embeddings");
  if (scaling.areRight({"low_freq_factor", "high_freq_factor"}) &&
      rope.lowFrequencyFactor >= rope.highFrequencyFactor)
    scaling.fail(scaling.name("low_freq_factor") + " must be below " +
                 scaling.name("high_freq_factor"));
}

static void readScaling(ConfigReader &scaling, Rope &rope) {
  std::string type = scaling.word("rope_type");
  scaling.only("partial_rotary_factor", 1.0);
  scaling.ignore({"type", "original_max_position_embeddings"}); // the latter where it has no part
  if (type == "linear") {
    rope.scaling = Rope::Scaling::Linear;
    rope.factor = scaling.positive("factor");
  } else if (type == "llama3") {
    readLlama3(scaling, rope);
  } else if (type == "default") {
    scaling.ignore({"factor", "high_freq_factor", "low_freq_factor"}); // nothing to stretch
  } else if (scaling.areRight({"rope_type"})) {
    scaling.failAt("rope_type",
                   "must be default, linear or llama3, got '" + type + "', which is not supported");
    scaling.ignoreAll(); // its keys are another type's
  }
}

Rope weft::readRope(ConfigReader &config, int64_t positions) {
  Rope rope;
  rope.theta = config.positive("rope_theta");
  const json::Object *scaling = config.optionalObject("rope_scaling");
  const json::Object *parameters = config.optionalObject("rope_parameters");
  if (scaling && parameters && *scaling != *parameters)
    config.fail("\"rope_scaling\" and \"rope_parameters\" are both there, and differ; expected one "
                "of them");
  if (!scaling && !parameters)
    return rope;

  const json::Object &object = scaling ? *scaling : *parameters;
  ConfigReader inner = config.inside(object, getDefaults(object, rope.theta, positions),
                                     scaling ? "rope_scaling" : "rope_parameters");
  rope.theta = inner.positive("rope_theta");
  readScaling(inner, rope);
  config.finishInside(inner, "the rotary positions of this rope_type");
  return rope;
}

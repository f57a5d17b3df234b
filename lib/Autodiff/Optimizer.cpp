#include "Optimizer.h"

#include "dialects/Weft/Weft.h"

using namespace mlir;
using namespace weft;

namespace {

/// In the order of operations of torch.optim.AdamW.
class AdamW : public Optimizer {
public:
  explicit AdamW(AdamWAttr attribute) : attribute(attribute) {}

  StringRef getName() const override { return "adamw"; }
  SmallVector<StringRef> getStates() const override { return {"moment1", "moment2"}; }

  void buildStep(ImplicitLocOpBuilder &builder) override {
    Expr step(builder, StepValueOp::create(builder, StepField::Step));
    correction1 = correction(attribute.getBeta1(), step);
    rootCorrection2 = sqrt(correction(attribute.getBeta2(), step));
  }

  StepScalars buildScalars(Expr rate, double weightDecay, Type element) override {
    std::optional<Expr> decay;
    if (weightDecay != 0)
      decay = castTo(1.0 - rate * weightDecay, element);
    Expr size = castTo(rate / *correction1, element);
    return {size, decay, castTo(*rootCorrection2, element)};
  }

  Expr update(Expr p, Expr g, MutableArrayRef<Expr> states, const StepScalars &scalars,
              double) override {
    Expr &m = states[0], &v = states[1];
    if (scalars.decay)
      p = p * *scalars.decay;
    m = m + (g - m) * (1.0 - attribute.getBeta1());
    v = v * attribute.getBeta2() + g * g * (1.0 - attribute.getBeta2());
    Expr denominator = sqrt(v) / *scalars.rootCorrection2 + attribute.getEps();
    return p - scalars.rate * m / denominator;
  }

private:
  // 1 - beta^step. A beta of 0 has no power: `pow` wants a positive base.
  static Expr correction(double beta, Expr step) {
    if (beta == 0)
      return step.scalar(1.0);
    return 1.0 - pow(step.scalar(beta), step);
  }

  AdamWAttr attribute;
  std::optional<Expr> correction1, rootCorrection2;
};

/// In the order of operations of torch.optim.SGD. PyTorch starts the momentum with the first
/// gradient, which is what zeros give: without dampening, momentum * 0 + g = g.
class SGD : public Optimizer {
public:
  explicit SGD(SGDAttr attribute) : attribute(attribute) {}

  StringRef getName() const override { return "sgd"; }
  SmallVector<StringRef> getStates() const override {
    if (double(attribute.getMomentum()) == 0)
      return {};
    return {"momentum"};
  }

  StepScalars buildScalars(Expr rate, double, Type element) override {
    return {castTo(rate, element), std::nullopt, std::nullopt};
  }

  Expr update(Expr p, Expr g, MutableArrayRef<Expr> states, const StepScalars &scalars,
              double weightDecay) override {
    if (weightDecay != 0)
      g = g + p * weightDecay;
    if (!states.empty()) {
      Expr &momentum = states[0];
      momentum = momentum * attribute.getMomentum() + g;
      g = attribute.getNesterov() ? g + momentum * attribute.getMomentum() : momentum;
    }
    return p - scalars.rate * g;
  }

private:
  SGDAttr attribute;
};

} // namespace

std::unique_ptr<Optimizer> Optimizer::create(Attribute attribute) {
  if (auto sgd = dyn_cast<SGDAttr>(attribute))
    return std::make_unique<SGD>(sgd);
  return std::make_unique<AdamW>(cast<AdamWAttr>(attribute));
}

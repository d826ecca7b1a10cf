#include "harness/report/verdict_look.h"

namespace timewait {

VerdictLook look_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass:
      return {"✓", "+", Colour::green, "as expected"};
    case Verdict::fail:
      return {"✗", "X", Colour::red, "differs from what was expected"};
    case Verdict::inconclusive:
      return {"?", "?", Colour::yellow, "precondition not seen"};
    case Verdict::skip:
      return {"–", "-", Colour::dim, "cannot run here"};
    case Verdict::error:
      return {"!", "!", Colour::magenta, "harness or fixture broke"};
  }
  return {};
}

std::string verdict_mark(Verdict verdict, const TextStyle& style) {
  const VerdictLook look = look_of(verdict);
  return paint(style, look.colour, style.unicode ? look.mark : look.ascii);
}

}  // namespace timewait

// Peak and power of one clip since the last feature frame. Audio thread.
#pragma once
#include <cstdint>

namespace atome {

struct ClipMeter {
  float peak = 0;
  /// Sum of squares over both sides, after gain.
  float squares = 0;
};

}  // namespace atome

// What is known of one onset.
#pragma once

namespace atome {

struct Onset {
  /// From the start of the recording to the first sample of the attack.
  double seconds;
  /// 0 to 1: how far the spectrum rises with it.
  float strength;
};

}  // namespace atome

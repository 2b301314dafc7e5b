// How a playhead follows a hand that drags it.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>

#include "../generated/protocol.h"

namespace atome {

/// A critically damped spring between the hand and the playhead: it gets where the hand is without overshoot, through
/// standstill where the hand turns round, and smooths the steps in which the hand's places arrive.
class ScrubMotion {
 public:
  /// @param rate of the context, Hz.
  void begin(int64_t position, uint32_t rate) noexcept {
    place_ = double(position);
    speed_ = 0;
    time_ = SECONDS * rate;
    farthest_ = FARTHEST_SECONDS * rate;
  }

  /// One quantum further. @param target where the hand is.
  void follow(int64_t target) noexcept {
    const auto goal = double(target);
    // What is too far away to be heard on the way is passed over.
    place_ = std::clamp(place_, goal - farthest_, goal + farthest_);
    const double distance = place_ - goal;
    const double pull = speed_ + distance / time_;
    const double remains = std::exp(-double(QUANTUM_FRAMES) / time_);
    place_ = goal + (distance + pull * QUANTUM_FRAMES) * remains;
    speed_ = (speed_ - pull * QUANTUM_FRAMES / time_) * remains;
    if (std::fabs(place_ - goal) < NEAR && std::fabs(speed_) < AT_REST) {
      place_ = goal;
      speed_ = 0;
    }
  }

  /// Context frames, and context frames per context frame.
  double place() const noexcept { return place_; }
  double speed() const noexcept { return speed_; }
  /// 0 at rest, 1 from a tenth of normal speed on.
  float audibility() const noexcept {
    const auto share = float(std::min(1.0, std::fabs(speed_) / 0.1));
    return share * share * (3 - 2 * share);
  }

 private:
  static constexpr double SECONDS = 0.04, FARTHEST_SECONDS = 1;
  /// Context frames, and their speed, that nobody hears.
  static constexpr double NEAR = 64, AT_REST = 0.02;

  double place_ = 0;
  double speed_ = 0;
  double time_ = 1;
  double farthest_ = 1;
};

}  // namespace atome

// Looks for the shift in time that explains the phases of many waves at once.
#pragma once
#include <cstdint>

namespace atome {

/// The strongest waves of a sound, each with the phase by which it is early. For a periodic sound one shift puts all of
/// them right: what lies between that and a whole number of periods.
class Displacement {
 public:
  void clear() noexcept;
  /// `turns` of phase, turns per frame, any measure of strength.
  void add(double turns, double frequency, float weight) noexcept {
    // Most waves of a sound are too weak.
    if (count_ < MOST || weight > weights_[weakest_]) put(turns, frequency, weight);
  }
  /// How many waves of equal strength would be as many as these: near 1 for a sine.
  float diversity() const noexcept;

  struct Shift {
    /// Frames.
    float frames;
    /// 1 where the shift puts every wave right, about 0 where it puts none.
    float agreement;
  };
  /// The best of the shifts `step` frames apart, at most `reach` each way; a small one is preferred by up to `bias`.
  Shift best(float reach, float step, float bias) const noexcept;
  /// The shift nearby at which the waves that already agree do so best.
  Shift refined(Shift shift) const noexcept;

 private:
  static constexpr uint32_t MOST = 32;

  void put(double turns, double frequency, float weight) noexcept;
  uint32_t find_weakest() const noexcept;

  uint32_t count_ = 0;
  uint32_t weakest_ = 0;
  float total_ = 0;
  float turns_[MOST] = {};
  float frequencies_[MOST] = {};
  float weights_[MOST] = {};
};

}  // namespace atome

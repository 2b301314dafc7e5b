// Finds the sample with which an attack begins, near where the spectrum says there is one.
#pragma once
#include <cstdint>
#include <vector>

namespace atome {

/// Looks for the steepest rise of energy, in the signal itself and in its differences, in which attacks stand out of
/// ongoing basses; then for the first sample that leaves what was there before.
class OnsetAttack {
 public:
  /// @param sampleRate up to 64,000 Hz.
  void prepare(double sampleRate);

  /// Samples that `find` reads before and behind the range it is given.
  uint32_t before() const { return kBlocksBefore * block_; }
  uint32_t behind() const { return kBlocksBehind * block_; }

  /// @returns the attack's offset from `samples`, 0 to `length`, or -1 where the energy does not rise.
  int32_t find(const float* samples, uint32_t length);

 private:
  /// Of half a millisecond.
  static constexpr uint32_t kBlocksBefore = 20;
  static constexpr uint32_t kBlocksBehind = 8;

  struct Rise {
    uint32_t block;
    double ratio;
  };

  /// Takes the samples to hand, without their offset.
  void read(const float* from, uint32_t count);
  void differentiate();
  Rise steepest(uint32_t blocks);
  uint32_t first_sample(uint32_t block) const;

  uint32_t block_ = 1;
  std::vector<float> signal_;
  std::vector<double> energy_;
};

}  // namespace atome

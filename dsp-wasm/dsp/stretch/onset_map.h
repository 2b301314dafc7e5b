// Where attacks begin in the input, as a function of the samples alone.
#pragma once
#include <cstdint>

#include "../memory.h"

namespace atome {

/// Finds sudden rises of the level of the treble (12 dB per octave, so that a string that still sounds does not hide
/// the next one's pick): a millisecond that holds several times the energy of any millisecond in the 20 ms before it.
/// The pulses of a voice do not: each is as loud as the one before.
class OnsetMap {
 public:
  static constexpr int64_t NONE = INT64_MAX;

  /// `frames` is the longest stretch of input that one call of `follow` covers.
  [[nodiscard]] bool prepare(uint32_t channels, uint32_t sampleRate, uint32_t frames);
  void reset() noexcept;

  /// Takes note of input frames [begin, end); `channels` point to frame `begin`. Frames that are known are not read
  /// again.
  void follow(const float* const* channels, int64_t begin, int64_t end) noexcept;
  /// The first onset in [from, to), as the frame in which its attack begins; NONE where there is none.
  int64_t first(int64_t from, int64_t to) const noexcept;
  /// Frames by which an onset is put before what gives it away.
  int64_t lead() const { return lead_; }
  /// Frames before an onset that have to be known for it to be found.
  int64_t memory() const { return (PAST + 2) * block_; }
  /// Frames after it that have to be known, too.
  int64_t lookahead() const { return (AHEAD + 1) * block_; }

 private:
  /// Blocks before an onset that are quieter than it: 20 ms.
  static constexpr int64_t PAST = 120;
  /// Blocks from an onset on that decide whether it is one: 7 ms.
  static constexpr int64_t AHEAD = 40;

  void add_block(const float* const* channels, int64_t begin, int64_t index) noexcept;
  void find(int64_t index, const float* const* channels, int64_t begin) noexcept;
  int64_t first_above(const float* const* channels, int64_t frame, float height) const noexcept;
  struct Block {
    float energy;
    /// Highest second difference.
    float peak;
    /// Energy of this block and those after it that make up a millisecond.
    float span;
    /// The frame of an onset in this block, or NONE.
    int64_t onset;
  };
  Block& at(int64_t index) { return blocks_[size_t(index & mask_)]; }
  const Block& at(int64_t index) const { return blocks_[size_t(index & mask_)]; }

  uint32_t channels_ = 0;
  int64_t block_ = 8;
  int64_t lead_ = 0;
  int64_t mask_ = 0;
  int64_t firstBlock_ = 0;
  int64_t endBlock_ = 0;
  Array<Block> blocks_;
};

}  // namespace atome

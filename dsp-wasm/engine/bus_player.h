// Plays one rate bus: keeps track of its sounding voices and of the resampler's window. Audio thread.
#pragma once
#include <cstdint>
#include <limits>

#include "../dsp/memory.h"

namespace atome {

struct BusPlan;
class VoiceMixer;

class BusPlayer {
 public:
  /// Control thread; false when there is no memory.
  [[nodiscard]] bool prepare(const BusPlan& plan);

  /// Jumps to a timeline position. With `fadeIn`, voices entered in their middle fade in.
  void enter(const BusPlan& plan, int64_t position, bool fadeIn) noexcept;

  /// Adds timeline frames [position, position + frames) to the outputs; `position` follows on from the last call or is
  /// the one entered. At most QUANTUM_FRAMES. @param masterFrame of the first frame.
  void render(const BusPlan& plan, int64_t position, uint32_t frames, int64_t masterFrame, VoiceMixer& mixer,
              float* left, float* right) noexcept;

  /// From now on nothing begins at a timeline position or later, until the next `enter`.
  void limit_starts(const BusPlan& plan, int64_t position) noexcept;

  /// Adds what is left of the voices that have begun before `position`, the one rendered next, and nothing that would
  /// begin from there on. The next call has to be `enter`.
  void render_outgoing(const BusPlan& plan, int64_t position, uint32_t frames, int64_t masterFrame, VoiceMixer& mixer,
                       float* left, float* right) noexcept;

  /// How many voices sound, and their indices.
  uint32_t active() const noexcept { return activeCount_; }
  uint32_t active_voice(uint32_t place) const noexcept { return active_[place]; }

 private:
  static constexpr int64_t NO_LIMIT = std::numeric_limits<int64_t>::max();

  void rewind(const BusPlan& plan, int64_t frame) noexcept;
  void render_span(const BusPlan& plan, int64_t position, uint32_t frames, int64_t masterFrame, bool begins,
                   VoiceMixer& mixer, float* left, float* right) noexcept;
  bool mix_voices(const BusPlan& plan, int64_t from, int64_t to, VoiceMixer& mixer) noexcept;

  /// Indices of voices that have started and not yet ended, ascending.
  Array<uint32_t> active_;
  uint32_t activeCount_ = 0;
  /// First voice that has not started yet.
  uint32_t next_ = 0;
  /// Voices that start at this bus frame or later never do.
  int64_t startLimit_ = NO_LIMIT;
  /// Bus frames [windowStart_, windowEnd_) that the resampler may still need.
  Array<float> windowLeft_;
  Array<float> windowRight_;
  int64_t windowStart_ = 0;
  int64_t windowEnd_ = 0;
  /// From here on the window is silent.
  int64_t soundEnd_ = 0;
  /// Bus frame at which voices entered in their middle begin to fade in.
  int64_t fadeStart_ = 0;
};

}  // namespace atome

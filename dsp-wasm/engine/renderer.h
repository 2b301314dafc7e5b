// The audio thread's side of the engine: one call renders one quantum.
#pragma once
#include <cstdint>

#include "click_player.h"
#include "conductor.h"
#include "gain_glide.h"
#include "pending_commands.h"
#include "scrubber.h"
#include "shared_state.h"
#include "stretch_work.h"
#include "timeline_player.h"
#include "voice_mixer.h"

namespace atome {

class Renderer {
 public:
  /// Control thread; false when there is no memory. @param firstFrame of the master clock.
  [[nodiscard]] bool prepare(SharedState& shared, int64_t firstFrame);

  /// Audio thread: renders QUANTUM_FRAMES; returns 128 left, then 128 right samples.
  const float* process() noexcept;

  /// What `process` returns, known before.
  const float* output() const { return output_; }

  TimelinePlayer& timeline(uint32_t index) { return timelines_[index]; }
  GainGlide masterGain;
  ClickPlayer clicks;

 private:
  void receive() noexcept;
  void run_due(int64_t frame) noexcept;
  void execute(const Command& command, int64_t frame) noexcept;
  void wait(const Command& command) noexcept;
  Schedule* change_schedule(const Command& command, int64_t frame) noexcept;
  void panic(int64_t frame) noexcept;
  void render(uint32_t from, uint32_t to) noexcept;
  void arrive(int64_t frame) noexcept;
  void stop(uint32_t timeline, int64_t frame) noexcept;
  void add_scratch(float* left, float* right, uint32_t frames) const noexcept;
  void publish() noexcept;

  SharedState* shared_ = nullptr;
  int64_t masterFrame_ = 0;
  PendingCommands pending_;
  Conductor conductor_;
  TimelinePlayer timelines_[MAX_TIMELINES];
  StretchWork stretches_;
  Scrubber scrubber_;
  VoiceMixer mixer_;
  alignas(16) float output_[2 * QUANTUM_FRAMES]{};
  alignas(16) float scratchLeft_[QUANTUM_FRAMES];
  alignas(16) float scratchRight_[QUANTUM_FRAMES];
};

}  // namespace atome

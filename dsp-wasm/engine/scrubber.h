// Lets a playhead that is dragged be heard: what lies under it, at the speed of the hand. Audio thread.
#pragma once
#include <cstdint>

#include "../dsp/panning.h"
#include "scrub_motion.h"
#include "stretch_run.h"

namespace atome {

class StretchWork;
class TimelinePlayer;
struct BusPlan;
struct Schedule;
struct SharedState;
struct Voice;

/// Each clip under the playhead sounds through a stretcher that makes context frames, one grain after another from
/// wherever the playhead is.
class Scrubber {
 public:
  /// Control thread.
  void prepare(SharedState& shared, TimelinePlayer* timelines, StretchWork& work) {
    shared_ = &shared;
    timelines_ = timelines;
    work_ = &work;
  }

  /// Before anything of a quantum is rendered: moves the playhead. @param masterFrame of the quantum.
  void begin_quantum(int64_t masterFrame) noexcept;
  bool is_silent() const noexcept { return count_ == 0; }
  /// Adds the next frames.
  void render(uint32_t frames, float* left, float* right) noexcept;

 private:
  static constexpr uint32_t MOST = 16;

  struct Source {
    StretchRun* run = nullptr;
    uint32_t clip = 0;
    uint32_t generation = 0;
    /// Next frame of its window.
    int64_t next = 0;
    StereoGain gain;
    /// Rises when it comes and falls when it goes.
    float level = 0;
    bool leaving = false;
  };

  void gather(const Schedule& schedule) noexcept;
  void hear(const BusPlan& plan, const Voice& voice) noexcept;
  bool fill(Source& source, uint32_t frames) noexcept;
  void mix(Source& source, uint32_t frames, const float* levels, float* left, float* right) noexcept;
  void drop_silent() noexcept;
  StretchShape* shape_of(const Voice& voice) const noexcept;

  SharedState* shared_ = nullptr;
  TimelinePlayer* timelines_ = nullptr;
  StretchWork* work_ = nullptr;
  TimelinePlayer* dragged_ = nullptr;
  ScrubMotion motion_;
  /// Where it put the playhead.
  int64_t stands_ = 0;
  float level_ = 0;
  uint32_t count_ = 0;
  Source sources_[MOST];
};

}  // namespace atome

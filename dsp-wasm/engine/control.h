// The control thread's side of the engine: the model of clips, its publication, transport and upkeep.
#pragma once
#include <cstdint>

#include "click_store.h"
#include "command_sender.h"
#include "file_store.h"
#include "retired.h"
#include "schedule_builder.h"
#include "shared_state.h"
#include "stretch_store.h"
#include "trigger_store.h"

namespace atome {

class Control {
 public:
  explicit Control(SharedState& shared)
      : shared_(shared),
        resamplers_(shared.sampleRate),
        stretches_(shared.stretches, resamplers_),
        files_(shared),
        clicks_(shared) {}
  ~Control();
  /// False when there is no memory.
  [[nodiscard]] bool prepare() { return clips_.allocate(MAX_CLIPS) && sender_.prepare(shared_); }

  EngineStatus load_file(uint32_t slot, uint32_t channels, double sampleRate, double frames) {
    return files_.load(slot, channels, sampleRate, frames);
  }
  EngineStatus unload_file(uint32_t slot) { return files_.unload(slot); }

  EngineStatus add_clip(const ClipSpec& spec);
  EngineStatus update_clip(const ClipSpec& spec);
  EngineStatus remove_clip(uint32_t clip);
  EngineStatus set_clip_mix(uint32_t clip, float gain, float pan, bool muted);
  EngineStatus set_triggers(uint32_t timeline, const TriggerSpec* triggers, uint32_t count, const double* places,
                            uint32_t placeCount) {
    return triggers_.set(timeline, triggers, count, places, placeCount);
  }
  /// Takes what has fired since, in order, at most `max`; returns how many.
  uint32_t take_fired(FiredTrigger* fired, uint32_t max);
  EngineStatus commit(uint32_t timeline, double atFrame);

  EngineStatus set_clicks(uint32_t timeline, const ClickSpec* clicks, uint32_t count, double atFrame) {
    return clicks_.set(timeline, clicks, count, atFrame);
  }

  EngineStatus play(uint32_t timeline, double position, double atFrame);
  EngineStatus stop(uint32_t timeline, double atFrame);
  EngineStatus seek(uint32_t timeline, double position, double atFrame);
  /// Goes on at the same music in the schedule that is committed for this frame.
  EngineStatus land(uint32_t timeline, double position, double atFrame);
  /// Drags the playhead of a timeline that does not play.
  EngineStatus scrub(uint32_t timeline, double position);
  EngineStatus end_scrub();
  EngineStatus set_loop(uint32_t timeline, double start, double end, double atFrame);
  EngineStatus panic();
  EngineStatus prime(uint32_t timeline, double position);
  /// Every page of its first moments is resident.
  bool is_primed(uint32_t timeline) const;
  /// The audio thread could go on there with all that is stretched.
  bool is_prepared(uint32_t timeline) const;

  /// Null when there is no memory.
  Tap* start_tap(double atFrame, uint32_t frames);
  void stop_tap();

  EngineStatus grow_pages(uint32_t blocks);
  void collect();

 private:
  EngineStatus send(const Command& command);
  EngineStatus move(CommandType type, uint32_t timeline, double position, double atFrame);
  void keep(Schedule* schedule);
  void free(Schedule* schedule);
  void retire(Schedule* schedule);
  void take_back();
  void publish_mix(const ClipEntry& clip);
  EngineStatus check(const ClipSpec& spec) const;
  bool is_resident(const Schedule* schedule, int64_t fromFrame, int64_t toFrame) const;

  SharedState& shared_;
  ResamplerStore resamplers_;
  StretchStore stretches_;
  FileStore files_;
  ClickStore clicks_;
  TriggerStore triggers_;
  CommandSender sender_;
  Array<ClipEntry> clips_;
  uint32_t clipGeneration_ = 0;
  uint32_t sequence_ = 0;
  /// Every schedule that is not freed yet.
  Schedule* live_ = nullptr;
  RetiredList<Schedule> retiredSchedules_;
  RetiredList<Tap> retiredTaps_;
  bool needsFewerStretchers_ = false;
};

}  // namespace atome

// The control thread's side of the engine.
#include "control.h"

#include <cmath>
#include <utility>

#include "play_path.h"
#include "shared_value.h"
#include "stretch_needs.h"
#include "wake.h"

namespace atome {
namespace {

/// Frames are exact in doubles up to here.
constexpr double MAX_FRAME = 9007199254740992.0;
/// 30 years; keeps every product of seconds and rate far from overflow.
constexpr double MAX_SECONDS = 1e9;
/// What must be resident before a start counts as primed.
constexpr int64_t PRIMED_FRAMES = 4096;

bool is_frame(double value) {
  return value >= 0 && value <= MAX_FRAME;
}
/// Ratio 0: it plays as it is.
bool is_stretch(double ratio, double semitones) {
  return ratio == 0 || (ratio >= 0.1 && ratio <= 10 && std::fabs(semitones) <= 24);
}
bool is_gain(float gain, float pan) {
  return std::isfinite(gain) && gain >= 0 && pan >= -1 && pan <= 1;
}
int64_t to_frame(double value) {
  return value > 0 ? int64_t(value) : 0;
}

}  // namespace

/// No other thread runs any more.
Control::~Control() {
  retiredSchedules_.clear([](Schedule*) {});
  while (live_) free(live_);
  retiredTaps_.clear([](Tap* tap) { destroy(tap); });
  destroy(shared_.tap.load());
}

void Control::keep(Schedule* schedule) {
  schedule->nextLive = live_;
  if (live_) live_->previousLive = schedule;
  live_ = schedule;
}

void Control::free(Schedule* schedule) {
  (schedule->previousLive ? schedule->previousLive->nextLive : live_) = schedule->nextLive;
  if (schedule->nextLive) schedule->nextLive->previousLive = schedule->previousLive;
  free_schedule(schedule, files_);
}

EngineStatus Control::check(const ClipSpec& spec) const {
  if (spec.clip >= MAX_CLIPS || spec.timeline >= MAX_TIMELINES) return EngineStatus::BAD_ARGUMENT;
  const bool sound = std::fabs(spec.startSeconds) <= MAX_SECONDS && is_frame(spec.sourceStart) &&
                     is_frame(spec.sourceFrames) && is_frame(spec.fadeInFrames) && is_frame(spec.fadeOutFrames) &&
                     is_frame(spec.cutBeforeFrames) && is_frame(spec.cutAfterFrames) &&
                     is_frame(spec.cutFadeInFrames) && is_frame(spec.cutFadeOutFrames) &&
                     is_gain(spec.gain, spec.pan) && is_stretch(spec.stretchRatio, spec.semitones);
  if (!sound) return EngineStatus::BAD_ARGUMENT;
  return files_.find(spec.file) ? EngineStatus::OK : EngineStatus::NO_SUCH_THING;
}

EngineStatus Control::add_clip(const ClipSpec& spec) {
  const EngineStatus status = check(spec);
  if (status != EngineStatus::OK) return status;
  if (clips_[spec.clip].present) return EngineStatus::BAD_ARGUMENT;
  clips_[spec.clip] = {spec, ++clipGeneration_, true};
  return EngineStatus::OK;
}

EngineStatus Control::update_clip(const ClipSpec& spec) {
  const EngineStatus status = check(spec);
  if (status != EngineStatus::OK) return status;
  if (!clips_[spec.clip].present) return EngineStatus::NO_SUCH_THING;
  clips_[spec.clip].spec = spec;
  return EngineStatus::OK;
}

EngineStatus Control::remove_clip(uint32_t clip) {
  if (clip >= MAX_CLIPS || !clips_[clip].present) return EngineStatus::NO_SUCH_THING;
  clips_[clip].present = false;
  return EngineStatus::OK;
}

EngineStatus Control::set_clip_mix(uint32_t clip, float gain, float pan, bool muted) {
  if (clip >= MAX_CLIPS || !clips_[clip].present) return EngineStatus::NO_SUCH_THING;
  if (!is_gain(gain, pan)) return EngineStatus::BAD_ARGUMENT;
  ClipSpec& spec = clips_[clip].spec;
  spec.gain = gain;
  spec.pan = pan;
  spec.muted = muted;
  publish_mix(clips_[clip]);
  return EngineStatus::OK;
}

void Control::publish_mix(const ClipEntry& clip) {
  const StereoGain gain = clip.spec.muted ? StereoGain{} : pan_gain(clip.spec.gain, clip.spec.pan);
  shared_.mixes[clip.spec.clip].set_target(gain, clip.generation);
}

uint32_t Control::take_fired(FiredTrigger* fired, uint32_t max) {
  uint32_t count = 0;
  while (count < max && shared_.firedTriggers.pop(fired[count])) count++;
  return count;
}

EngineStatus Control::commit(uint32_t timeline, double atFrame) {
  if (timeline >= MAX_TIMELINES || !(atFrame <= MAX_FRAME)) return EngineStatus::BAD_ARGUMENT;
  Schedule* schedule = build_schedule(timeline, clips_, triggers_, {files_, resamplers_, stretches_});
  if (!schedule) return EngineStatus::NO_MEMORY;
  keep(schedule);
  schedule->sequence = ++sequence_;
  for (const BusPlan& plan : schedule->plans) {
    for (const Voice& voice : plan.voices) publish_mix(clips_[voice.clip]);
  }
  Command command{.type = CommandType::SetSchedule, .timeline = timeline, .atFrame = to_frame(atFrame)};
  command.schedule = schedule;
  Schedule* previous = shared_.timelines[timeline].latest.exchange(schedule);
  const EngineStatus status = send(command);
  if (status != EngineStatus::OK) {
    shared_.timelines[timeline].latest.store(previous);
    retire(schedule);
  }
  bump_and_wake(shared_.counters.pagerSignal);
  const bool concernsStretches = schedule->stretches || (previous && previous->stretches);
  if (status != EngineStatus::OK || !concernsStretches || provide_stretchers(shared_, stretches_)) return status;
  return EngineStatus::LIMIT;
}

EngineStatus Control::send(const Command& command) {
  take_back();
  Schedule* superseded = nullptr;
  const EngineStatus status = sender_.send(command, superseded);
  if (superseded) retire(superseded);
  return status;
}

EngineStatus Control::move(CommandType type, uint32_t timeline, double position, double atFrame) {
  const EngineStatus status = prime(timeline, position);
  if (status != EngineStatus::OK) return status;
  return send({.type = type, .timeline = timeline, .atFrame = to_frame(atFrame), .position = int64_t(position)});
}

EngineStatus Control::play(uint32_t timeline, double position, double atFrame) {
  return move(CommandType::Play, timeline, position, atFrame);
}

EngineStatus Control::stop(uint32_t timeline, double atFrame) {
  if (timeline >= MAX_TIMELINES) return EngineStatus::BAD_ARGUMENT;
  return send({.type = CommandType::Stop, .timeline = timeline, .atFrame = to_frame(atFrame)});
}

EngineStatus Control::seek(uint32_t timeline, double position, double atFrame) {
  return move(CommandType::Seek, timeline, position, atFrame);
}

EngineStatus Control::land(uint32_t timeline, double position, double atFrame) {
  return move(CommandType::Land, timeline, position, atFrame);
}

EngineStatus Control::scrub(uint32_t timeline, double position) {
  const EngineStatus status = prime(timeline, position);
  if (status != EngineStatus::OK) return status;
  shared_.scrub.target.store(int64_t(position));
  shared_.scrub.timeline.store(timeline);
  return provide_stretchers(shared_, stretches_) ? EngineStatus::OK : EngineStatus::LIMIT;
}

EngineStatus Control::end_scrub() {
  shared_.scrub.timeline.store(ScrubView::NOBODY);
  return provide_stretchers(shared_, stretches_) ? EngineStatus::OK : EngineStatus::LIMIT;
}

EngineStatus Control::set_loop(uint32_t timeline, double start, double end, double atFrame) {
  const bool on = end > start;
  if (timeline >= MAX_TIMELINES || (on && !(is_frame(start) && is_frame(end)))) return EngineStatus::BAD_ARGUMENT;
  // A shorter loop would declick without ever sounding.
  if (on && std::floor(end) - std::floor(start) < DECLICK_FRAMES) return EngineStatus::BAD_ARGUMENT;
  const Command command{.type = CommandType::SetLoop,
                        .timeline = timeline,
                        .atFrame = to_frame(atFrame),
                        .position = on ? int64_t(start) : 0,
                        .end = on ? int64_t(end) : 0};
  const EngineStatus status = send(command);
  if (status != EngineStatus::OK) return status;
  shared_.timelines[timeline].nextLoop.start.store(command.position);
  shared_.timelines[timeline].nextLoop.end.store(command.end);
  bump_and_wake(shared_.counters.pagerSignal);
  return status;
}

EngineStatus Control::panic() {
  sender_.drop_transport();
  return send({.type = CommandType::Panic});
}

EngineStatus Control::prime(uint32_t timeline, double position) {
  if (timeline >= MAX_TIMELINES || !is_frame(position)) return EngineStatus::BAD_ARGUMENT;
  TimelineView& view = shared_.timelines[timeline];
  view.primedPosition.store(int64_t(position));
  view.isPrimed.store(1);
  view.primes.fetch_add(1);
  bump_and_wake(shared_.counters.pagerSignal);
  return EngineStatus::OK;
}

bool Control::is_primed(uint32_t timeline) const {
  if (timeline >= MAX_TIMELINES || !shared_.timelines[timeline].isPrimed.load()) return false;
  const TimelineView& view = shared_.timelines[timeline];
  const Schedule* schedule = view.latest.load();
  if (!schedule) return true;
  PlayPath path;
  path.begin({.timeline = timeline,
              .schedule = schedule,
              .position = view.primedPosition.load(),
              .loopStart = view.nextLoop.start.load(),
              .loopEnd = view.nextLoop.end.load(),
              .ahead = 0,
              .firings = nullptr,
              .start = 0});
  bool primed = true;
  path.follow(
      PRIMED_FRAMES, [&](int64_t from, int64_t to) { primed = primed && is_resident(schedule, from, to); },
      [&](const Trigger& trigger, int64_t place, int64_t ahead) {
        const Schedule* led = shared_.timelines[trigger.timeline].latest.load();
        primed = primed && is_resident(led, place, place + PRIMED_FRAMES - ahead);
      });
  return primed;
}

/// Also true without stretched clips.
bool Control::is_prepared(uint32_t timeline) const {
  const TimelineView& view = shared_.timelines[timeline];
  const Schedule* schedule = view.latest.load();
  return !schedule || !schedule->stretches || view.preparedPosition.load() == view.primedPosition.load();
}

/// Whether what sounds between two timeline frames can be played.
bool Control::is_resident(const Schedule* schedule, int64_t fromFrame, int64_t toFrame) const {
  if (!schedule) return true;
  bool resident = true;
  for (const BusPlan& plan : schedule->plans) {
    const int64_t from = plan.frame_at(fromFrame) - plan.half();
    const int64_t to = plan.frame_at(toFrame) + plan.half();
    plan.visit_overlapping(from, to, [&](uint32_t index) {
      const Voice& voice = plan.voices[index];
      resident = resident && voice.visit_pages(from, to, [&](uint32_t page) { return voice.file->is_resident(page); });
    });
  }
  return resident;
}

Tap* Control::start_tap(double atFrame, uint32_t frames) {
  stop_tap();
  Tap* tap = create<Tap>();
  if (!tap || !tap->prepare(to_frame(atFrame), frames)) {
    destroy(tap);
    return nullptr;
  }
  poke(shared_.counters.tapFrames, 0u);
  shared_.tap.store(tap);
  return tap;
}

void Control::stop_tap() {
  if (Tap* tap = shared_.tap.exchange(nullptr)) retiredTaps_.add(tap, shared_.epochs);
}

EngineStatus Control::grow_pages(uint32_t blocks) {
  const uint32_t made = shared_.pool.grow(blocks);
  bump(shared_.counters.pagesTotal, made);
  bump_and_wake(shared_.counters.pagerSignal);
  return made == blocks ? EngineStatus::OK : EngineStatus::NO_MEMORY;
}

/// The disk thread may still read a schedule that the audio thread has handed back.
void Control::retire(Schedule* schedule) {
  retiredSchedules_.add(schedule, shared_.epochs);
}

/// Schedules that the audio thread has handed back make room for those that wait.
void Control::take_back() {
  for (Schedule* schedule = shared_.returned.take(); schedule;) {
    Schedule* next = schedule->nextReturned;
    sender_.schedule_returned(schedule->timeline);
    needsFewerStretchers_ = needsFewerStretchers_ || schedule->stretches;
    retire(schedule);
    schedule = next;
  }
}

void Control::collect() {
  take_back();
  retiredSchedules_.collect(shared_.epochs, [this](Schedule* schedule) { free(schedule); });
  retiredTaps_.collect(shared_.epochs, [](Tap* tap) { destroy(tap); });
  if (std::exchange(needsFewerStretchers_, false)) provide_stretchers(shared_, stretches_);
  stretches_.collect();
  files_.collect();
  clicks_.collect();
  sender_.flush();
  poke(shared_.counters.retired, retiredSchedules_.size() + retiredTaps_.size() + files_.retired() + clicks_.retired());
}

}  // namespace atome

// Gives the engine's stretchers their work in time.
#include "stretch_work.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "pending_commands.h"
#include "play_path.h"
#include "shared_state.h"
#include "timeline_player.h"

namespace atome {
namespace {

/// Quanta over which a stretcher is made ready that nobody waits for, and those kept in reserve before a place.
constexpr double UNHURRIED = 32, RESERVE = 2;
/// Steps per quantum by which one that is short of a grain catches up.
constexpr double CATCH_UP = 0.125;
/// Context frames within which a playhead is expected to be put where that was announced.
constexpr int64_t SOON = 2048;
/// Context frames after a parked playhead within which clips count as being there.
constexpr int64_t NEAR = 1024;

/// How full a stretcher is.
struct Stock {
  /// Context frames until it is empty.
  double lasts;
  bool full;
};

Stock stock_of(const StretchRun& run, int64_t position) {
  const int64_t playhead = run.shape->frame_at(position);
  const double stock = double(run.voice.end() - playhead - run.shape->margin);
  const bool full = stock >= 2 * run.voice.grain_frames() || !run.voice.has_room(playhead - run.shape->margin);
  return {stock / run.shape->bus_ratio(), full};
}

/// The bus frame before which a stretcher that waits makes frames.
int64_t goal_of(const StretchRun& run) {
  return run.voice.origin() + run.shape->margin + int64_t(run.voice.grain_frames());
}

Stock stock_of_waiting(const StretchRun& run) {
  const double frames = double(run.voice.end() - run.voice.origin() - run.shape->margin);
  const double due = run.due == StretchRun::SOMETIME ? 1e12 : double(run.due);
  return {due + frames / run.shape->bus_ratio(), run.voice.end() >= goal_of(run)};
}

}  // namespace

void StretchWork::prepare(SharedState& shared, TimelinePlayer* timelines, const PendingCommands& pending) {
  shared_ = &shared;
  timelines_ = timelines;
  pending_ = &pending;
  for (uint32_t index = 0; index < MAX_TIMELINES; index++) runs_[index] = &timelines[index].stretches();
  pool_.prepare(shared.stretches, runs_);
}

void StretchWork::begin_quantum(int64_t masterFrame) noexcept {
  // Nothing was ever stretched or dragged.
  if (!shared_->stretches.shapes.load()) return;
  pool_.exchange();
  late_ = LATE_STEPS;
  masterFrame_ = masterFrame;
  if (!shared_->offline) {
    for (StretchRuns* runs : runs_) runs->forget_wants();
    for (uint32_t index = 0; index < MAX_TIMELINES; index++) look_ahead(index);
  }
  for (uint32_t index = 0; index < MAX_TIMELINES; index++) runs_[index]->sweep(timelines_[index].position());
  if (!shared_->offline) distribute();
}

void StretchWork::look_ahead(uint32_t index) noexcept {
  TimelinePlayer& timeline = timelines_[index];
  const Schedule* schedule = timeline.schedule();
  if (!schedule || timeline.is_dragged()) return;
  const Jump landing = landing_of(index);
  if (landing.lands) expect_jump(timeline, landing);
  if (landing.schedule->stretches) prepare_place(timeline, landing);
  if (!timeline.is_playing() || (!schedule->stretches && schedule->triggers.empty())) return;
  PlayPath path;
  path.begin(timeline.path_origin(&shared_->firings));
  int64_t passed = 0;
  path.follow(
      std::min(STRETCH_FORESIGHT, landing.due),
      [&](int64_t from, int64_t to) {
        if (passed > 0) expect_jump(timeline, {schedule, from, passed, false});
        expect_starts(timeline, {from, to}, passed, passed > 0);
        passed += to - from;
      },
      [&](const Trigger& trigger, int64_t place, int64_t ahead) {
        TimelinePlayer& led = timelines_[trigger.timeline];
        expect_jump(led, {led.schedule(), place, ahead, false});
      });
}

/// Where a timeline that plays goes on with a schedule that waits for its frame; or else never, with its own.
StretchWork::Jump StretchWork::landing_of(uint32_t index) const noexcept {
  const TimelinePlayer& timeline = timelines_[index];
  const Command* landing =
      timeline.is_playing() ? pending_->find_last(CommandType::Land, index, PendingCommands::NEVER) : nullptr;
  if (!landing) return {timeline.schedule(), -1, StretchRun::SOMETIME, false};
  const Command* change = pending_->find_last(CommandType::SetSchedule, index, landing->atFrame);
  return {change ? change->schedule : timeline.schedule(), landing->position, landing->atFrame - masterFrame_, true};
}

/// Where a playhead stands, and where it is about to be put.
void StretchWork::prepare_place(TimelinePlayer& timeline, const Jump& landing) noexcept {
  const int64_t next = timeline.next_position();
  const bool isElsewhere = next >= 0 && next != landing.place;
  const bool isNextReady = isElsewhere && expect_jump(timeline, {landing.schedule, next, SOON, false});
  const bool isReady = !timeline.is_playing() &&
                       expect_jump(timeline, {timeline.schedule(), timeline.position(), StretchRun::SOMETIME, false});
  timeline.tell_prepared(isNextReady ? next : isReady ? timeline.position() : -1);
}

/// Clips that begin where the timeline plays from one position to another.
void StretchWork::expect_starts(TimelinePlayer& timeline, Passage passage, int64_t due, bool jumped) noexcept {
  const Schedule& schedule = *timeline.schedule();
  if (!schedule.stretches) return;
  for (const BusPlan& plan : schedule.plans) {
    if (plan.stretches.size() == 0) continue;
    const int64_t first = plan.frame_at(passage.from);
    const int64_t end = plan.frame_at(passage.to) + plan.half();
    for (uint32_t index = plan.first_from(first); index < plan.voices.size() && plan.voices[index].start < end;
         index++) {
      const Voice& voice = plan.voices[index];
      if (!voice.stretch || timeline.stretches().is_served(voice, jumped)) continue;
      expect(timeline, voice, voice.start, due + int64_t(double(voice.start - first) / plan.ratio()));
    }
  }
}

/// Clips that sound when a timeline goes on from another place; true once they could.
bool StretchWork::expect_jump(TimelinePlayer& timeline, const Jump& jump) noexcept {
  if (!jump.schedule || !jump.schedule->stretches) return true;
  const StretchRuns& runs = timeline.stretches();
  const Leap leap{timeline.position() + (jump.lands ? jump.due : 0), jump.place};
  bool ready = true;
  for (const BusPlan& plan : jump.schedule->plans) {
    if (plan.stretches.size() == 0) continue;
    const int64_t first = plan.entry_frame(jump.place);
    plan.visit_overlapping(first, first, [&](uint32_t index) {
      const Voice& voice = plan.voices[index];
      if (jump.lands && voice.stretch && runs.goes_on(plan, voice, leap)) return;
      ready &= expect(timeline, voice, first, jump.due);
    });
    const int64_t end = plan.frame_at(jump.place + NEAR);
    for (uint32_t index = plan.first_from(first); index < plan.voices.size() && plan.voices[index].start < end;
         index++) {
      const Voice& voice = plan.voices[index];
      if (voice.stretch && !runs.is_served(voice, true)) ready &= expect(timeline, voice, voice.start, jump.due);
    }
  }
  return ready;
}

/// True once it is ready, or where it cannot be.
bool StretchWork::expect(TimelinePlayer& timeline, const Voice& voice, int64_t origin, int64_t due) noexcept {
  if (!voice.stretch || shared_->mixes[voice.clip].is_off()) return true;
  StretchRuns& runs = timeline.stretches();
  // What begins without its pages begins with silence.
  const auto isThere = [&voice](uint32_t page) { return voice.file->is_resident(page); };
  if (!runs.waiting_for(voice, origin) && !voice.visit_pages(origin, origin + 1, isThere)) return false;
  const StretchRun* run = runs.want(voice, origin, due);
  return !run || run->is_ready();
}

void StretchWork::distribute() noexcept {
  double share = 0;
  for (uint32_t index = 0; index < MAX_TIMELINES; index++) share += share_of(timelines_[index]);
  owed_ += share;
  for (; owed_ >= 1; owed_--) {
    StretchRun* run = emptiest();
    if (!run) break;
    step(*run);
  }
  owed_ = std::min(owed_, 1.0);
}

/// Steps that this timeline's stretchers need per quantum.
double StretchWork::share_of(const TimelinePlayer& timeline) const noexcept {
  double share = 0;
  for (StretchRun* run = timeline.stretches().sounding(); run; run = run->next) {
    if (!run->heard) continue;
    const double grain = run->voice.grain_frames();
    const double quantum = QUANTUM_FRAMES * run->shape->bus_ratio();
    share += 2 * quantum / grain;
    if (stock_of(*run, timeline.position()).lasts * run->shape->bus_ratio() < grain) share += CATCH_UP;
  }
  for (StretchRun* run = timeline.stretches().waiting(); run; run = run->next) {
    const uint32_t steps = run->voice.steps_until(goal_of(*run));
    if (steps == 0) continue;
    const double quanta =
        run->due == StretchRun::SOMETIME ? UNHURRIED : std::max(1.0, double(run->due) / QUANTUM_FRAMES - RESERVE);
    share += std::max(CATCH_UP, steps / quanta);
  }
  return share;
}

StretchRun* StretchWork::emptiest() const noexcept {
  StretchRun* found = nullptr;
  double shortest = std::numeric_limits<double>::infinity();
  const auto consider = [&](StretchRun& run, Stock stock) {
    if (stock.full || stock.lasts >= shortest) return;
    shortest = stock.lasts;
    found = &run;
  };
  for (uint32_t index = 0; index < MAX_TIMELINES; index++) {
    const int64_t position = timelines_[index].position();
    for (StretchRun* run = runs_[index]->sounding(); run; run = run->next) {
      if (run->heard) consider(*run, stock_of(*run, position));
    }
    for (StretchRun* run = runs_[index]->waiting(); run; run = run->next) consider(*run, stock_of_waiting(*run));
  }
  return found;
}

bool StretchWork::fill(StretchRun& run, int64_t until) noexcept {
  const bool unlimited = run.heard || shared_->offline;
  while (run.voice.end() < until) {
    if (!unlimited && late_ == 0) return false;
    if (!unlimited) late_--;
    step(run);
  }
  return true;
}

void StretchWork::step(StretchRun& run) noexcept {
  starved_ += run.voice.step();
  steps_++;
}

uint32_t StretchWork::take_starved() noexcept {
  const uint32_t starved = starved_;
  starved_ = 0;
  return starved;
}

uint32_t StretchWork::take_steps() noexcept {
  const uint32_t steps = steps_;
  steps_ = 0;
  return steps;
}

}  // namespace atome

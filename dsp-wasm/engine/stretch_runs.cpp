// The stretchers of one timeline.
#include "stretch_runs.h"

#include <algorithm>
#include <cmath>

#include "schedule.h"

namespace atome {
namespace {

/// Seconds of the file by which two places may differ and be the same: starts and playheads lie on whole frames.
constexpr double SAME_PLACE = 0.01;

bool is_of(const StretchRun& run, const Voice& voice) {
  return run.clip == voice.clip && run.generation == voice.generation;
}

void assign(StretchRun& run, const Voice& voice) {
  run.clip = voice.clip;
  run.generation = voice.generation;
  run.end = voice.end;
}

void begin(StretchRun& run, const Voice& voice, int64_t origin) {
  run.voice.begin(voice.mapping(), origin);
  assign(run, voice);
  run.asked = origin;
  run.heard = false;
  run.fadeFrom = StretchRun::NOT_LATE;
}

void push(StretchRun*& list, StretchRun* run) {
  run->next = list;
  list = run;
}

void remove(StretchRun*& list, const StretchRun* run) {
  StretchRun** link = &list;
  while (*link != run) link = &(*link)->next;
  *link = run->next;
}

/// A voice in whose middle a playhead lands.
struct Landing {
  const BusPlan& plan;
  const Voice& voice;
  Leap leap;

  /// Bus frames by which what goes on is later.
  int64_t shift() const { return plan.frame_at(leap.to) - plan.frame_at(leap.from); }
  bool can_go_on(const StretchRun& run) const {
    return run.heard && run.shape == voice.stretch->shape && run.voice.origin() + shift() <= plan.entry_frame(leap.to);
  }

  /// Of a list, what plays the same part of the same file then.
  StretchRun* same_sound(StretchRun* list) const {
    const StretchMapping next = voice.mapping();
    for (StretchRun* run = list; run; run = run->next) {
      const StretchMapping& now = run->voice.mapping();
      const bool sameSound = is_of(*run, voice) || (now.ratio == next.ratio && now.pitch == next.pitch);
      if (!sameSound || now.file != next.file || !can_go_on(*run)) continue;
      const double moved = next.source(double(plan.frame_at(leap.to))) - now.source(double(plan.frame_at(leap.from)));
      if (std::fabs(moved) < SAME_PLACE * run->shape->sampleRate) return run;
    }
    return nullptr;
  }
  /// Of a list, what plays the same clip.
  StretchRun* same_clip(StretchRun* list) const {
    for (StretchRun* run = list; run; run = run->next) {
      if (is_of(*run, voice) && can_go_on(*run)) return run;
    }
    return nullptr;
  }

  void take_over(StretchRun& run) const {
    run.voice.shift(shift());
    run.asked += shift();
    if (run.fadeFrom != StretchRun::NOT_LATE) run.fadeFrom += shift();
    if (run.voice.mapping() != voice.mapping()) run.voice.go_over_to(voice.mapping());
    assign(run, voice);
  }
};

/// Takes those out of a list for which `leaves` is true and gives them back.
template <class Leaves>
void give_back(StretchRun*& list, StretchPool& pool, Leaves leaves) {
  for (StretchRun** link = &list; *link;) {
    StretchRun* run = *link;
    if (!leaves(*run)) {
      link = &run->next;
      continue;
    }
    *link = run->next;
    pool.give(run);
  }
}

}  // namespace

StretchRun* StretchRuns::at(const Voice& voice, int64_t frame, bool begins) noexcept {
  if (StretchRun* run = playing(voice, frame)) {
    if (voice.end > run->end) assign(*run, voice);
    return run;
  }
  if (!begins) return nullptr;
  StretchRun* run = waiting_for(voice, frame);
  if (run) {
    remove(waiting_, run);
  } else {
    run = pool_->take(*voice.stretch->shape, 0);
    if (!run) return nullptr;
    begin(*run, voice, frame);
  }
  push(sounding_, run);
  return run;
}

/// What plays what the voice does, and has been listened to up to `frame`.
StretchRun* StretchRuns::playing(const Voice& voice, int64_t frame) const noexcept {
  for (StretchRun* run = sounding_; run; run = run->next) {
    const bool reaches = run->voice.origin() <= frame && frame <= run->asked;
    if (reaches && run->voice.mapping() == voice.mapping()) return run;
  }
  return nullptr;
}

StretchRun* StretchRuns::waiting_for(const Voice& voice, int64_t origin) const noexcept {
  for (StretchRun* run = waiting_; run; run = run->next) {
    if (run->voice.origin() == origin && run->voice.mapping() == voice.mapping()) return run;
  }
  return nullptr;
}

void StretchRuns::enter(const Schedule& schedule, int64_t position) noexcept {
  schedule.visit_sounding([&](const BusPlan& plan, const Voice& voice) {
    StretchRun* run = voice.stretch ? waiting_for(voice, plan.entry_frame(position)) : nullptr;
    if (!run) return;
    remove(waiting_, run);
    push(sounding_, run);
  });
}

void StretchRuns::land(const Schedule& schedule, Leap leap) noexcept {
  // What was not listened to for a while has nothing to go on with.
  give_back(sounding_, *pool_, [leap](const StretchRun& run) { return run.asked < run.shape->frame_at(leap.from); });
  StretchRun* before = sounding_;
  sounding_ = nullptr;
  schedule.visit_sounding([&](const BusPlan& plan, const Voice& voice) {
    const int64_t entry = plan.entry_frame(leap.to);
    if (!voice.stretch || playing(voice, entry)) return;
    const Landing landing{plan, voice, leap};
    StretchRun* ready = waiting_for(voice, entry);
    if (ready && !ready->is_ready()) ready = nullptr;
    StretchRun* old = landing.same_sound(before);
    if (!old && !ready) old = landing.same_clip(before);
    if (!old && !ready) return;
    remove(old ? before : waiting_, old ? old : ready);
    if (old) landing.take_over(*old);
    push(sounding_, old ? old : ready);
  });
  give_back(before, *pool_, [](const StretchRun&) { return true; });
}

bool StretchRuns::goes_on(const BusPlan& plan, const Voice& voice, Leap leap) const noexcept {
  return Landing{plan, voice, leap}.same_sound(sounding_) != nullptr;
}

void StretchRuns::release() noexcept {
  give_back(sounding_, *pool_, [](const StretchRun&) { return true; });
}

void StretchRuns::follow(const Schedule& schedule) noexcept {
  const auto goes_on = [&](StretchRun& run) {
    const Voice* same = nullptr;
    const Voice* own = nullptr;
    schedule.visit_sounding([&](const BusPlan&, const Voice& voice) {
      if (!voice.stretch || voice.stretch->shape != run.shape) return;
      if (run.voice.mapping() == voice.mapping()) same = &voice;
      if (is_of(run, voice)) own = &voice;
    });
    // A clip that was joined to another, or split where it has been heard, goes on under another name.
    const Voice* voice = same ? same : own;
    if (!voice) return false;
    if (!same) run.voice.go_over_to(voice->mapping());
    assign(run, *voice);
    return true;
  };
  give_back(sounding_, *pool_, [&](StretchRun& run) { return !goes_on(run); });
}

StretchRun* StretchRuns::want(const Voice& voice, int64_t origin, int64_t due) noexcept {
  StretchRun* run = waiting_for(voice, origin);
  if (!run) {
    run = pool_->take(*voice.stretch->shape, due);
    if (!run) return nullptr;
    begin(*run, voice, origin);
    run->wanted = false;
    push(waiting_, run);
  }
  run->due = run->wanted ? std::min(run->due, due) : due;
  run->wanted = true;
  return run;
}

bool StretchRuns::is_served(const Voice& voice, bool jumped) const noexcept {
  const auto serves = [&voice](const StretchRun& run) {
    const bool reaches = run.voice.origin() < voice.start && voice.start <= run.end;
    return reaches && run.voice.mapping() == voice.mapping();
  };
  for (const StretchRun* run = jumped ? nullptr : sounding_; run; run = run->next) {
    if (serves(*run) || (run->voice.origin() == voice.start && is_of(*run, voice))) return true;
  }
  for (const StretchRun* run = waiting_; run; run = run->next) {
    if (serves(*run)) return true;
  }
  return false;
}

void StretchRuns::forget_wants() noexcept {
  for (StretchRun* run = waiting_; run; run = run->next) run->wanted = false;
}

void StretchRuns::sweep(int64_t position) noexcept {
  give_back(waiting_, *pool_, [](const StretchRun& run) { return !run.wanted; });
  give_back(sounding_, *pool_, [position](const StretchRun& run) {
    return run.asked + run.shape->margin < run.shape->frame_at(position);
  });
}

int64_t StretchRuns::furthest(const StretchShape& shape) const noexcept {
  int64_t due = -1;
  for (const StretchRun* run = waiting_; run; run = run->next) {
    if (run->shape == &shape) due = std::max(due, run->due);
  }
  return due;
}

StretchRun* StretchRuns::steal(const StretchShape& shape) noexcept {
  const int64_t due = furthest(shape);
  for (StretchRun* run = waiting_; run; run = run->next) {
    if (run->shape != &shape || run->due != due) continue;
    remove(waiting_, run);
    return run;
  }
  return nullptr;
}

}  // namespace atome

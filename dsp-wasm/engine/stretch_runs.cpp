// The stretchers of one timeline.
#include "stretch_runs.h"

#include <algorithm>

#include "schedule.h"

namespace atome {
namespace {

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

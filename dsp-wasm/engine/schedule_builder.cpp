// Turns the control side's clips and triggers into the schedule of one timeline.
#include "schedule_builder.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "page_reader.h"

namespace atome {
namespace {

/// Clips of one timeline with their files, sorted by rate (the target's own first), start and slot.
struct Candidate {
  const ClipEntry* clip;
  FileTable* file;
  int64_t start;
};

bool is_stretched(const Candidate& candidate) {
  return candidate.clip->spec.stretchRatio != 0;
}

Voice voice_of(const Candidate& candidate, const Stretch* stretch) {
  const ClipSpec& spec = candidate.clip->spec;
  const auto sourceStart = int64_t(spec.sourceStart);
  const int64_t fileFrames = candidate.file->frames;
  const int64_t whole = stretch ? std::llround(double(fileFrames) * stretch->ratio) : fileFrames;
  const int64_t available = std::max<int64_t>(0, whole - sourceStart);
  const int64_t frames = std::min(int64_t(spec.sourceFrames), available);
  return {.start = candidate.start,
          .end = candidate.start + frames,
          .sourceStart = sourceStart,
          .file = candidate.file,
          .stretch = stretch,
          .fadeIn = float(spec.fadeInFrames),
          .fadeOut = float(spec.fadeOutFrames),
          .cutBefore = float(spec.cutBeforeFrames),
          .cutAfter = float(spec.cutAfterFrames),
          .cutFadeIn = float(spec.cutFadeInFrames),
          .cutFadeOut = float(spec.cutFadeOutFrames),
          .clip = spec.clip,
          .generation = candidate.clip->generation};
}

/// False when there is no memory.
bool fill_stretch(Stretch& stretch, const Candidate& candidate, StretchStore& stretches) {
  const ClipSpec& spec = candidate.clip->spec;
  stretch = {.ratio = spec.stretchRatio,
             .pitch = pitch_of(spec.semitones),
             .shape = stretches.shape(folded_channels(candidate.file->channels), candidate.file->sampleRate)};
  return stretch.shape != nullptr;
}

/// False when there is no memory.
bool fill_plan(BusPlan& plan, const Candidate* candidates, uint32_t count, StretchStore& stretches) {
  const uint32_t groups = (count + BusPlan::VOICE_GROUP - 1) / BusPlan::VOICE_GROUP;
  const auto stretched = size_t(std::count_if(candidates, candidates + count, is_stretched));
  if (!plan.voices.allocate(count) || !plan.groupEnds.allocate(groups) || !plan.stretches.allocate(stretched))
    return false;
  Stretch* next = plan.stretches.data();
  for (uint32_t index = 0; index < count; index++) {
    Stretch* stretch = is_stretched(candidates[index]) ? next++ : nullptr;
    if (stretch && !fill_stretch(*stretch, candidates[index], stretches)) return false;
    const Voice voice = voice_of(candidates[index], stretch);
    plan.voices[index] = voice;
    int64_t& end = plan.groupEnds[index / BusPlan::VOICE_GROUP];
    end = index % BusPlan::VOICE_GROUP == 0 ? voice.end : std::max(end, voice.end);
  }
  return true;
}

}  // namespace

Schedule* build_schedule(uint32_t timeline, const Array<ClipEntry>& clips, const TriggerStore& triggers,
                         ScheduleStores stores) {
  auto& [files, resamplers, stretches] = stores;
  uint32_t count = 0;
  for (const ClipEntry& clip : clips) count += clip.present && clip.spec.timeline == timeline;
  Array<Candidate> candidates;
  Schedule* schedule = create<Schedule>();
  if (!schedule || !candidates.allocate(count) || !triggers.copy(timeline, schedule->triggers)) {
    destroy(schedule);
    return nullptr;
  }
  schedule->timeline = timeline;
  count = 0;
  for (const ClipEntry& clip : clips) {
    if (!clip.present || clip.spec.timeline != timeline) continue;
    FileTable* file = files.find(clip.spec.file);
    if (!file) continue;
    candidates[count++] = {&clip, file, std::llround(clip.spec.startSeconds * file->sampleRate)};
  }
  const uint32_t targetRate = resamplers.target_rate();
  const auto order = [targetRate](const Candidate& candidate) {
    const uint32_t rate = candidate.file->sampleRate;
    return std::tuple(rate == targetRate ? 0 : rate, candidate.start, candidate.clip->spec.clip);
  };
  std::sort(candidates.begin(), candidates.begin() + count,
            [&order](const Candidate& a, const Candidate& b) { return order(a) < order(b); });
  uint32_t buses = 0;
  for (uint32_t index = 0; index < count; index++) {
    buses += index == 0 || candidates[index].file->sampleRate != candidates[index - 1].file->sampleRate;
  }
  bool sound = schedule->plans.allocate(buses) && schedule->players.allocate(buses);
  for (uint32_t bus = 0, first = 0; sound && bus < buses; bus++) {
    uint32_t last = first;
    const uint32_t rate = candidates[first].file->sampleRate;
    while (last < count && candidates[last].file->sampleRate == rate) last++;
    BusPlan& plan = schedule->plans[bus];
    plan.table = resamplers.find(rate, sound);
    sound = sound && fill_plan(plan, candidates.data() + first, last - first, stretches) &&
            schedule->players[bus].prepare(plan);
    schedule->stretches = schedule->stretches || plan.stretches.size() > 0;
    first = last;
  }
  if (!sound) {
    destroy(schedule);
    return nullptr;
  }
  for (uint32_t index = 0; index < count; index++) files.reference(candidates[index].file);
  return schedule;
}

void free_schedule(Schedule* schedule, FileStore& files) {
  for (const BusPlan& plan : schedule->plans) {
    for (const Voice& voice : plan.voices) files.unreference(voice.file);
  }
  destroy(schedule);
}

}  // namespace atome

// Generated from app/protocol/engine-layout.ts by `npm run wasm`. Do not edit.
#pragma once
#include <cstddef>
#include <cstdint>

namespace atome {

inline constexpr uint32_t QUANTUM_FRAMES = 128;
inline constexpr uint32_t PAGE_FRAMES = 16384;
inline constexpr uint32_t MAX_CHANNELS = 32;
inline constexpr uint32_t MAX_TIMELINES = 64;
inline constexpr uint32_t MAX_CLIPS = 8192;
inline constexpr uint32_t MAX_FILES = 4096;
inline constexpr uint32_t MAX_TRIGGERS = 8192;
inline constexpr uint32_t DECLICK_FRAMES = 128;
inline constexpr uint32_t GLIDE_FRAMES = 256;
inline constexpr uint32_t PEAK_BIN_FRAMES = 64;
inline constexpr uint32_t PEAK_LEVEL_FACTOR = 4;

enum class SampleFormat : uint32_t {
  U8 = 0,
  I16 = 1,
  I24 = 2,
  I32 = 3,
  F32 = 4,
  F64 = 5,
  I8 = 6,
  I16_BE = 7,
  I24_BE = 8,
  I32_BE = 9,
  F32_BE = 10,
  F64_BE = 11,
};

enum class EngineStatus : int32_t {
  OK = 0,
  NO_MEMORY = -1,
  BAD_ARGUMENT = -2,
  NO_SUCH_THING = -3,
  LIMIT = -4,
  QUEUE_FULL = -5,
  NOT_READY = -6,
};

enum class EngineFlags : uint32_t {
  OFFLINE = 1,
};

enum class TriggerAction : uint32_t {
  NOTIFY = 0,
  PLAY = 1,
  STOP = 2,
  SEEK = 3,
};

enum class HeaderStatus : int32_t {
  OK = 0,
  UNKNOWN = 1,
  NEED_MORE = 2,
  DAMAGED = 3,
  UNSUPPORTED = 4,
  CHANNELS = 5,
  EMPTY = 6,
};

struct alignas(8) ClipSpec {
  uint32_t clip;
  uint32_t timeline;
  uint32_t file;
  uint32_t muted;
  double startSeconds;
  double sourceStart;
  double sourceFrames;
  double fadeInFrames;
  double fadeOutFrames;
  double cutBeforeFrames;
  double cutAfterFrames;
  double cutFadeInFrames;
  double cutFadeOutFrames;
  float gain;
  float pan;
  double stretchRatio;
  double semitones;
};
static_assert(sizeof(ClipSpec) == 112);
static_assert(offsetof(ClipSpec, clip) == 0);
static_assert(offsetof(ClipSpec, timeline) == 4);
static_assert(offsetof(ClipSpec, file) == 8);
static_assert(offsetof(ClipSpec, muted) == 12);
static_assert(offsetof(ClipSpec, startSeconds) == 16);
static_assert(offsetof(ClipSpec, sourceStart) == 24);
static_assert(offsetof(ClipSpec, sourceFrames) == 32);
static_assert(offsetof(ClipSpec, fadeInFrames) == 40);
static_assert(offsetof(ClipSpec, fadeOutFrames) == 48);
static_assert(offsetof(ClipSpec, cutBeforeFrames) == 56);
static_assert(offsetof(ClipSpec, cutAfterFrames) == 64);
static_assert(offsetof(ClipSpec, cutFadeInFrames) == 72);
static_assert(offsetof(ClipSpec, cutFadeOutFrames) == 80);
static_assert(offsetof(ClipSpec, gain) == 88);
static_assert(offsetof(ClipSpec, pan) == 92);
static_assert(offsetof(ClipSpec, stretchRatio) == 96);
static_assert(offsetof(ClipSpec, semitones) == 104);

struct alignas(8) ClickSpec {
  double position;
  uint32_t accent;
};
static_assert(sizeof(ClickSpec) == 16);
static_assert(offsetof(ClickSpec, position) == 0);
static_assert(offsetof(ClickSpec, accent) == 8);

struct alignas(8) EngineCounters {
  int64_t masterFrame;
  uint32_t quanta;
  uint32_t starvedQuanta;
  uint32_t starvedFrames;
  uint32_t pagesFilled;
  uint32_t pagesEvicted;
  uint32_t pagesResident;
  uint32_t pagesTotal;
  uint32_t pagesWanted;
  uint32_t ringFull;
  uint32_t activeVoices;
  uint32_t retired;
  int32_t pagerSignal;
  uint32_t nonFinite;
  uint32_t tapFrames;
  uint32_t busyMilliseconds;
  uint32_t audioGeneration;
  uint32_t readErrors;
  double contextOffset;
  uint32_t triggersDropped;
  uint32_t triggersLost;
  uint32_t stretchSteps;
  uint32_t lateFrames;
};
static_assert(sizeof(EngineCounters) == 104);
static_assert(offsetof(EngineCounters, masterFrame) == 0);
static_assert(offsetof(EngineCounters, quanta) == 8);
static_assert(offsetof(EngineCounters, starvedQuanta) == 12);
static_assert(offsetof(EngineCounters, starvedFrames) == 16);
static_assert(offsetof(EngineCounters, pagesFilled) == 20);
static_assert(offsetof(EngineCounters, pagesEvicted) == 24);
static_assert(offsetof(EngineCounters, pagesResident) == 28);
static_assert(offsetof(EngineCounters, pagesTotal) == 32);
static_assert(offsetof(EngineCounters, pagesWanted) == 36);
static_assert(offsetof(EngineCounters, ringFull) == 40);
static_assert(offsetof(EngineCounters, activeVoices) == 44);
static_assert(offsetof(EngineCounters, retired) == 48);
static_assert(offsetof(EngineCounters, pagerSignal) == 52);
static_assert(offsetof(EngineCounters, nonFinite) == 56);
static_assert(offsetof(EngineCounters, tapFrames) == 60);
static_assert(offsetof(EngineCounters, busyMilliseconds) == 64);
static_assert(offsetof(EngineCounters, audioGeneration) == 68);
static_assert(offsetof(EngineCounters, readErrors) == 72);
static_assert(offsetof(EngineCounters, contextOffset) == 80);
static_assert(offsetof(EngineCounters, triggersDropped) == 88);
static_assert(offsetof(EngineCounters, triggersLost) == 92);
static_assert(offsetof(EngineCounters, stretchSteps) == 96);
static_assert(offsetof(EngineCounters, lateFrames) == 100);

struct alignas(8) FeatureHeader {
  uint32_t sequence;
  uint32_t activeVoices;
  double masterFrame;
  float peakLeft;
  float peakRight;
  float rmsLeft;
  float rmsRight;
  uint32_t starvedFrames;
};
static_assert(sizeof(FeatureHeader) == 40);
static_assert(offsetof(FeatureHeader, sequence) == 0);
static_assert(offsetof(FeatureHeader, activeVoices) == 4);
static_assert(offsetof(FeatureHeader, masterFrame) == 8);
static_assert(offsetof(FeatureHeader, peakLeft) == 16);
static_assert(offsetof(FeatureHeader, peakRight) == 20);
static_assert(offsetof(FeatureHeader, rmsLeft) == 24);
static_assert(offsetof(FeatureHeader, rmsRight) == 28);
static_assert(offsetof(FeatureHeader, starvedFrames) == 32);

struct alignas(8) TimelineState {
  uint32_t sequence;
  uint32_t playing;
  uint32_t wasPlaying;
  double movedAt;
  double movedFrom;
  double movedTo;
};
static_assert(sizeof(TimelineState) == 40);
static_assert(offsetof(TimelineState, sequence) == 0);
static_assert(offsetof(TimelineState, playing) == 4);
static_assert(offsetof(TimelineState, wasPlaying) == 8);
static_assert(offsetof(TimelineState, movedAt) == 16);
static_assert(offsetof(TimelineState, movedFrom) == 24);
static_assert(offsetof(TimelineState, movedTo) == 32);

struct alignas(8) ClipFeature {
  float peak;
  float rms;
};
static_assert(sizeof(ClipFeature) == 8);
static_assert(offsetof(ClipFeature, peak) == 0);
static_assert(offsetof(ClipFeature, rms) == 4);

struct alignas(8) PageRequest {
  uint32_t file;
  uint32_t page;
  uint32_t urgency;
};
static_assert(sizeof(PageRequest) == 16);
static_assert(offsetof(PageRequest, file) == 0);
static_assert(offsetof(PageRequest, page) == 4);
static_assert(offsetof(PageRequest, urgency) == 8);

struct alignas(8) TriggerSpec {
  double position;
  int64_t seed;
  uint32_t slot;
  uint32_t generation;
  uint32_t action;
  uint32_t timeline;
  uint32_t times;
  uint32_t firstPlace;
  uint32_t places;
};
static_assert(sizeof(TriggerSpec) == 48);
static_assert(offsetof(TriggerSpec, position) == 0);
static_assert(offsetof(TriggerSpec, seed) == 8);
static_assert(offsetof(TriggerSpec, slot) == 16);
static_assert(offsetof(TriggerSpec, generation) == 20);
static_assert(offsetof(TriggerSpec, action) == 24);
static_assert(offsetof(TriggerSpec, timeline) == 28);
static_assert(offsetof(TriggerSpec, times) == 32);
static_assert(offsetof(TriggerSpec, firstPlace) == 36);
static_assert(offsetof(TriggerSpec, places) == 40);

struct alignas(8) FiredTrigger {
  double atFrame;
  uint32_t slot;
  uint32_t generation;
};
static_assert(sizeof(FiredTrigger) == 16);
static_assert(offsetof(FiredTrigger, atFrame) == 0);
static_assert(offsetof(FiredTrigger, slot) == 8);
static_assert(offsetof(FiredTrigger, generation) == 12);

struct alignas(8) AudioHeader {
  int32_t status;
  uint32_t format;
  uint32_t channels;
  uint32_t sampleRate;
  uint32_t repaired;
  uint32_t container;
  double dataOffset;
  double frames;
};
static_assert(sizeof(AudioHeader) == 40);
static_assert(offsetof(AudioHeader, status) == 0);
static_assert(offsetof(AudioHeader, format) == 4);
static_assert(offsetof(AudioHeader, channels) == 8);
static_assert(offsetof(AudioHeader, sampleRate) == 12);
static_assert(offsetof(AudioHeader, repaired) == 16);
static_assert(offsetof(AudioHeader, container) == 20);
static_assert(offsetof(AudioHeader, dataOffset) == 24);
static_assert(offsetof(AudioHeader, frames) == 32);

}  // namespace atome

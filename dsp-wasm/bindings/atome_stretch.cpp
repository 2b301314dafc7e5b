// The stretcher's part of the C ABI.
#include "atome_stretch.h"

#include <algorithm>

#include "../dsp/memory.h"
#include "../dsp/stretch/live_stretcher.h"
#include "../dsp/stretch/stretcher.h"

using namespace atome;

namespace {

constexpr uint32_t MOST_CHANNELS = 32;
constexpr double LOWEST_RATE = 8000, HIGHEST_RATE = 192000;

bool is_possible(uint32_t channels, double sampleRate) {
  return channels >= 1 && channels <= MOST_CHANNELS && sampleRate >= LOWEST_RATE && sampleRate <= HIGHEST_RATE;
}

/// Samples of all channels in one piece of memory, and where each channel begins.
struct Planes {
  Array<float> samples;
  Array<float*> channels;

  bool allocate(uint32_t count, uint32_t frames) {
    if (!samples.allocate(size_t(count) * frames) || !channels.allocate(count)) return false;
    for (uint32_t channel = 0; channel < count; channel++)
      channels[channel] = samples.data() + size_t(channel) * frames;
    return true;
  }
};

struct GrainVoice {
  Stretcher stretcher;
  Planes input;
  Planes output;
  GrainRequest request;
  bool formants = false;
  InputSpan span = {};

  bool prepare(uint32_t channels, double sampleRate, uint32_t steady) {
    const Windows windows = steady ? Windows::STEADY : Windows::GROWING;
    return stretcher.prepare(channels, uint32_t(sampleRate), windows) &&
           input.allocate(channels, stretcher.input_capacity()) && output.allocate(channels, stretcher.capacity());
  }
};

struct LiveVoice {
  LiveStretcher stretcher;
  Planes input;
  Planes output;
  uint32_t block = 0;

  bool prepare(uint32_t channels, double sampleRate, uint32_t frames) {
    block = frames;
    return stretcher.prepare(channels, uint32_t(sampleRate), frames) && input.allocate(channels, frames) &&
           output.allocate(channels, frames);
  }
};

template <class Voice>
uint32_t create_voice(uint32_t channels, double sampleRate, uint32_t option) {
  if (!is_possible(channels, sampleRate)) return 0;
  auto* voice = create<Voice>();
  if (voice && !voice->prepare(channels, sampleRate, option)) {
    destroy(voice);
    voice = nullptr;
  }
  return uint32_t(reinterpret_cast<uintptr_t>(voice));
}

GrainVoice* grain_voice(uint32_t address) {
  return reinterpret_cast<GrainVoice*>(uintptr_t(address));
}
LiveVoice* live_voice(uint32_t address) {
  return reinterpret_cast<LiveVoice*>(uintptr_t(address));
}
uint32_t address_of(const float* samples) {
  return uint32_t(reinterpret_cast<uintptr_t>(samples));
}

}  // namespace

ATOME_EXPORT(atome_stretch_create)
uint32_t atome_stretch_create(uint32_t channels, double sampleRate, uint32_t steady) {
  return create_voice<GrainVoice>(channels, sampleRate, steady);
}

ATOME_EXPORT(atome_stretch_destroy)
void atome_stretch_destroy(uint32_t stretch) {
  destroy(grain_voice(stretch));
}

ATOME_EXPORT(atome_stretch_input_capacity)
uint32_t atome_stretch_input_capacity(uint32_t stretch) {
  return grain_voice(stretch)->stretcher.input_capacity();
}

ATOME_EXPORT(atome_stretch_output_capacity)
uint32_t atome_stretch_output_capacity(uint32_t stretch) {
  return grain_voice(stretch)->stretcher.capacity();
}

ATOME_EXPORT(atome_stretch_input)
uint32_t atome_stretch_input(uint32_t stretch) {
  return address_of(grain_voice(stretch)->input.samples.data());
}

ATOME_EXPORT(atome_stretch_output)
uint32_t atome_stretch_output(uint32_t stretch) {
  return address_of(grain_voice(stretch)->output.samples.data());
}

ATOME_EXPORT(atome_stretch_specify)
uint32_t atome_stretch_specify(uint32_t stretch, double position, double speed, double pitch, uint32_t reset) {
  GrainVoice& voice = *grain_voice(stretch);
  voice.request = {position, speed, pitch, reset != 0, voice.formants};
  voice.span = voice.stretcher.specify(voice.request);
  return uint32_t(voice.span.end - voice.span.begin);
}

ATOME_EXPORT(atome_stretch_keep_formants)
void atome_stretch_keep_formants(uint32_t stretch, uint32_t keep) {
  grain_voice(stretch)->formants = keep != 0;
}

ATOME_EXPORT(atome_stretch_begin)
double atome_stretch_begin(uint32_t stretch) {
  return double(grain_voice(stretch)->span.begin);
}

ATOME_EXPORT(atome_stretch_grain)
uint32_t atome_stretch_grain(uint32_t stretch) {
  atome_stretch_analyse(stretch);
  return atome_stretch_synthesise(stretch);
}

ATOME_EXPORT(atome_stretch_analyse)
void atome_stretch_analyse(uint32_t stretch) {
  GrainVoice& voice = *grain_voice(stretch);
  voice.stretcher.analyse(voice.input.channels.data());
}

ATOME_EXPORT(atome_stretch_synthesise)
uint32_t atome_stretch_synthesise(uint32_t stretch) {
  GrainVoice& voice = *grain_voice(stretch);
  return voice.stretcher.synthesise(voice.output.channels.data()).frames;
}

ATOME_EXPORT(atome_stretch_advance)
double atome_stretch_advance(uint32_t stretch) {
  const GrainVoice& voice = *grain_voice(stretch);
  return voice.stretcher.next(voice.request).position - voice.request.position;
}

ATOME_EXPORT(atome_live_stretch_create)
uint32_t atome_live_stretch_create(uint32_t channels, double sampleRate, uint32_t block) {
  return create_voice<LiveVoice>(channels, sampleRate, std::clamp(block, 1u, 1u << 16));
}

ATOME_EXPORT(atome_live_stretch_destroy)
void atome_live_stretch_destroy(uint32_t live) {
  destroy(live_voice(live));
}

ATOME_EXPORT(atome_live_stretch_input)
uint32_t atome_live_stretch_input(uint32_t live) {
  return address_of(live_voice(live)->input.samples.data());
}

ATOME_EXPORT(atome_live_stretch_output)
uint32_t atome_live_stretch_output(uint32_t live) {
  return address_of(live_voice(live)->output.samples.data());
}

ATOME_EXPORT(atome_live_stretch_process)
uint32_t atome_live_stretch_process(uint32_t live, uint32_t frames, uint32_t capacity, double speed, double pitch) {
  LiveVoice& voice = *live_voice(live);
  return voice.stretcher.process(voice.input.channels.data(), std::min(frames, voice.block),
                                 voice.output.channels.data(), std::min(capacity, voice.block), speed, pitch);
}

ATOME_EXPORT(atome_live_stretch_keep_formants)
void atome_live_stretch_keep_formants(uint32_t live, uint32_t keep) {
  live_voice(live)->stretcher.keep_formants(keep != 0);
}

ATOME_EXPORT(atome_live_stretch_latency)
uint32_t atome_live_stretch_latency(uint32_t live) {
  return live_voice(live)->stretcher.latency();
}

ATOME_EXPORT(atome_live_stretch_delay)
uint32_t atome_live_stretch_delay(uint32_t live, double pitch) {
  return live_voice(live)->stretcher.delay(pitch);
}

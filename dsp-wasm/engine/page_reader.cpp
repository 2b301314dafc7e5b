// Reads a stretch of a file from its pages into buffers.
#include "page_reader.h"

#include <algorithm>

#include "../dsp/mix.h"
#include "../dsp/panning.h"

namespace atome {
namespace {

constexpr uint32_t FOLDED_FRAMES = 128;

/// Adds a file's channel to the side or sides on which it is heard.
void fold(const float* samples, StereoGain weight, uint32_t frames, float* left, float* right) {
  float gains[FOLDED_FRAMES];
  std::fill_n(gains, FOLDED_FRAMES, 1.0f);
  for (uint32_t done = 0; done < frames; done += FOLDED_FRAMES) {
    const uint32_t count = std::min(FOLDED_FRAMES, frames - done);
    if (weight.left != 0) mix_shaped(samples + done, gains, weight.left, count, left + done);
    if (weight.right != 0) mix_shaped(samples + done, gains, weight.right, count, right + done);
  }
}

/// Frames of one page, from `pageFrame` on; false when the page is missing.
bool read_page(const FileTable& file, uint32_t page, uint32_t pageFrame, uint32_t frames, float* const* buffers) {
  const float* samples[MAX_CHANNELS];
  for (uint32_t channel = 0; channel < file.channels; channel++) {
    samples[channel] = file.page(page, channel);
    if (!samples[channel]) return false;
    samples[channel] += pageFrame;
  }
  for (uint32_t channel = 0; channel < file.channels; channel++) {
    if (file.channels <= 2) {
      std::copy_n(samples[channel], frames, buffers[channel]);
    } else {
      fold(samples[channel], channel_weight(channel, file.channels), frames, buffers[0], buffers[1]);
    }
  }
  return true;
}

}  // namespace

bool read_pages(const FileTable& file, int64_t begin, int64_t end, float* const* buffers) noexcept {
  const uint32_t channels = folded_channels(file.channels);
  for (uint32_t channel = 0; channel < channels; channel++) std::fill_n(buffers[channel], end - begin, 0.0f);
  bool complete = true;
  const int64_t last = std::min(end, file.frames);
  for (int64_t frame = std::max<int64_t>(begin, 0); frame < last;) {
    const int64_t pageEnd = std::min<int64_t>(last, frame + PAGE_FRAMES - frame % PAGE_FRAMES);
    float* into[2];
    for (uint32_t channel = 0; channel < channels; channel++) into[channel] = buffers[channel] + (frame - begin);
    complete &=
        read_page(file, uint32_t(frame / PAGE_FRAMES), uint32_t(frame % PAGE_FRAMES), uint32_t(pageEnd - frame), into);
    frame = pageEnd;
  }
  return complete;
}

bool are_resident(const FileTable& file, int64_t begin, int64_t end) noexcept {
  const int64_t last = std::min(end, file.frames);
  for (int64_t frame = std::max<int64_t>(begin, 0); frame < last; frame += PAGE_FRAMES - frame % PAGE_FRAMES) {
    if (!file.is_resident(uint32_t(frame / PAGE_FRAMES))) return false;
  }
  return true;
}

}  // namespace atome

// The line over the partials, and how far it has to be moved back.
#include "formant_keeper.h"

#include <algorithm>
#include <cmath>

namespace atome {
namespace {

/// Hz. Fundamentals of voices, and the spacing where there is none.
constexpr double LOWEST = 70, HIGHEST = 800, USUAL = 160;
/// Of the magnitudes' transform: less is no period.
constexpr float PERIODIC = 0.15f;
/// Share of the best period's strength from which a shorter one is the true one, as the best is a multiple of it.
constexpr float AS_GOOD = 0.85f;
/// Doublings of power: 80 dB below the loudest partial the line ends, 30 dB is the most that is made louder.
constexpr float DEPTH = 26.6f, MOST = 10;

}  // namespace

bool FormantKeeper::prepare(uint32_t size, uint32_t sampleRate) {
  size_ = size;
  bins_ = size / 2 + 1;
  shortestPeriod_ = std::max(2u, uint32_t(sampleRate / HIGHEST));
  longestPeriod_ = std::min(size / 2 - 2, uint32_t(sampleRate / LOWEST));
  usualSpacing_ = float(USUAL * size / sampleRate);
  return re_.allocate(bins_ + 3) && im_.allocate(bins_ + 3) && frame_.allocate(size) && line_.allocate(bins_);
}

/// Bins from one partial to the next.
float FormantKeeper::spacing(RealFft& fft, const float* power) noexcept {
  for (uint32_t bin = 0; bin < bins_; bin++) re_[bin] = std::sqrt(power[bin]);
  std::fill(im_.begin(), im_.end(), 0.0f);
  fft.inverse(re_.data(), im_.data(), frame_.data());
  const auto is_peak = [this](uint32_t lag) { return frame_[lag] >= frame_[lag - 1] && frame_[lag] > frame_[lag + 1]; };
  float best = PERIODIC * frame_[0];
  for (uint32_t lag = shortestPeriod_; lag <= longestPeriod_; lag++)
    if (is_peak(lag)) best = std::max(best, frame_[lag]);
  for (uint32_t lag = shortestPeriod_; lag <= longestPeriod_; lag++)
    if (is_peak(lag) && frame_[lag] > PERIODIC * frame_[0] && frame_[lag] >= AS_GOOD * best)
      return float(size_) / float(lag);
  return usualSpacing_;
}

void FormantKeeper::draw(const float* power, float spacing) noexcept {
  const auto reach = std::max(2u, uint32_t(0.5f * spacing));
  const float loudest = *std::max_element(power, power + bins_);
  const float least = loudest * std::exp2(-DEPTH);
  uint32_t last = 0;
  float lastLevel = 0;
  bool found = false;
  for (uint32_t bin = 1; bin + 1 < bins_; bin++) {
    if (power[bin] < power[bin - 1] || power[bin] <= power[bin + 1]) continue;
    const uint32_t from = bin > reach ? bin - reach : 0, to = std::min(bins_, bin + reach + 1);
    if (*std::max_element(power + from, power + to) > power[bin]) continue;
    const float level = std::log2(std::max(power[bin], least));
    if (!found) lastLevel = level;
    for (uint32_t between = last; between < bin; between++)
      line_[between] = lastLevel + (level - lastLevel) * float(between - last) / float(bin - last);
    last = bin;
    lastLevel = level;
    found = true;
  }
  std::fill(line_.data() + last, line_.end(), lastLevel);
}

float FormantKeeper::line_at(float bin) const noexcept {
  const auto below = std::min(uint32_t(bin), bins_ - 2);
  const float share = std::min(bin - float(below), 1.0f);
  return line_[below] + (line_[below + 1] - line_[below]) * share;
}

void FormantKeeper::apply(RealFft& fft, const float* power, double pitch, float* weights, uint32_t count) noexcept {
  draw(power, spacing(fft, power));
  for (uint32_t bin = 0; bin < count; bin++) {
    const float change = line_at(float(bin) * float(pitch)) - line_[bin];
    weights[bin] *= std::exp2(0.5f * std::min(change, MOST));
  }
}

}  // namespace atome

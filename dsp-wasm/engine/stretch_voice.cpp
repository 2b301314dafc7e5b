// Renders one clip stretched.
#include "stretch_voice.h"

#include <algorithm>
#include <cmath>

#include "page_reader.h"

namespace atome {
namespace {

/// Seconds of the file; over longer jumps places do not glide.
constexpr double LONGEST_GLIDE = 0.05;

}  // namespace

bool StretchVoice::prepare(const StretchShape& shape) {
  channels_ = shape.channels;
  if (!stretcher_.prepare(shape.channels, shape.sampleRate)) return false;
  frames_ = 1;
  while (frames_ < 2 * int64_t(stretcher_.capacity()) + 2 * shape.margin) frames_ *= 2;
  return input_.allocate(size_t(channels_) * stretcher_.input_capacity()) &&
         output_.allocate(size_t(channels_) * stretcher_.capacity()) && window_.allocate(size_t(channels_) * frames_);
}

void StretchVoice::begin(const StretchMapping& mapping, int64_t origin) noexcept {
  mapping_ = before_ = mapping;
  gliding_ = waiting_ = grains_ = 0;
  origin_ = end_ = origin;
  zero_ = 0;
  read_ = 0;
  pitch_ = mapping.pitch;
  analysed_ = led_ = false;
}

void StretchVoice::shift(int64_t frames) noexcept {
  zero_ += frames;
  origin_ += frames;
  end_ += frames;
  mapping_.offset -= frames;
  before_.offset -= frames;
}

void StretchVoice::begin_led(const StretchMapping& mapping, double ratio) noexcept {
  begin(mapping, 0);
  led_ = true;
  pitch_ = mapping.pitch * ratio;
}

void StretchVoice::lead(double position, double speed) noexcept {
  ledPosition_ = position;
  ledSpeed_ = speed;
}

void StretchVoice::go_over_to(const StretchMapping& mapping) noexcept {
  const auto now = double(end_);
  const double longest = LONGEST_GLIDE * mapping.file->sampleRate;
  const bool same = mapping.file == mapping_.file;
  jumps_ = !same || std::fabs(mapping.source(now) - mapping_.source(now)) >= longest;
  before_ = mapping_;
  before_.pitch = pitch_;
  gliding_ = same ? GLIDE_GRAINS : 0;
  waiting_ = same ? WAITING_GRAINS : 0;
  mapping_ = mapping;
}

/// The file frames that the next grain needs.
InputSpan StretchVoice::specify() noexcept {
  const bool reset = grains_++ == 0;
  if (led_) return stretcher_.specify({.position = ledPosition_, .speed = ledSpeed_, .pitch = pitch_, .reset = reset});
  // The bus frame at which the grain's centre will be heard.
  const double centre = reset ? 0 : double(stretcher_.centre());
  const auto centre_at = [this, centre](double pitch) { return double(end_) + (centre - read_) / pitch; };
  if (waiting_ > 0) {
    const InputSpan next = stretcher_.specify(
        {.position = mapping_.source(centre_at(mapping_.pitch)), .speed = 1 / mapping_.ratio, .pitch = mapping_.pitch});
    waiting_ = are_resident(*mapping_.file, next.begin, next.end) ? 0 : waiting_ - 1;
    if (waiting_ > 0)
      return stretcher_.specify(
          {.position = before_.source(centre_at(pitch_)), .speed = 1 / before_.ratio, .pitch = pitch_});
  }
  const double before = gliding_ > 0 ? double(gliding_) / (GLIDE_GRAINS + 1) : 0;
  if (gliding_ > 0) gliding_--;
  pitch_ = before > 0 ? mapping_.pitch * std::pow(before_.pitch / mapping_.pitch, before) : mapping_.pitch;
  const double frame = centre_at(pitch_);
  GrainRequest request{
      .position = mapping_.source(frame), .speed = 1 / mapping_.ratio, .pitch = pitch_, .reset = reset};
  if (before > 0 && !jumps_) {
    request.position += (before_.source(frame) - request.position) * before;
    request.speed += (1 / before_.ratio - request.speed) * before;
  }
  return stretcher_.specify(request);
}

uint32_t StretchVoice::step() noexcept {
  analysed_ = !analysed_;
  if (!analysed_) {
    synthesise();
    return 0;
  }
  const InputSpan span = specify();
  float* channels[2];
  for (uint32_t channel = 0; channel < channels_; channel++)
    channels[channel] = input_.data() + size_t(channel) * stretcher_.input_capacity();
  const bool complete = read_pages(*mapping_.file, span.begin, span.end, channels);
  stretcher_.analyse(channels);
  return complete ? 0 : uint32_t(grain_frames());
}

void StretchVoice::synthesise() noexcept {
  float* channels[2];
  for (uint32_t channel = 0; channel < channels_; channel++)
    channels[channel] = output_.data() + size_t(channel) * stretcher_.capacity();
  const uint32_t made = stretcher_.synthesise(channels).frames;
  for (uint32_t done = 0; done < made;) {
    const int64_t place = place_of(end_ + done);
    const auto count = uint32_t(std::min<int64_t>(made - done, frames_ - place));
    for (uint32_t channel = 0; channel < channels_; channel++)
      std::copy_n(channels[channel] + done, count, window_.data() + channel * frames_ + place);
    done += count;
  }
  end_ += made;
  read_ += made * pitch_;
}

uint32_t StretchVoice::steps_until(int64_t frame) const noexcept {
  if (frame <= end_) return 0;
  const double stretched = read_ + double(frame - end_) * mapping_.pitch + PitchReader::HALF;
  const double hop = stretcher_.hop(mapping_.pitch);
  const double centre = grains_ == 0 ? 0 : double(stretcher_.centre()) + (analysed_ ? hop : 0);
  // A grain reaches two hops to each side of its centre.
  const double grains = std::max(0.0, std::ceil((stretched - centre) / hop) + 2);
  return std::max(1u, 2 * uint32_t(grains) + (analysed_ ? 1 : 0));
}

uint32_t StretchVoice::read(int64_t frame, uint32_t frames, const float** channels) const noexcept {
  if (frame < std::max(origin_, end_ - frames_) || frame >= end_) return 0;
  const int64_t place = place_of(frame);
  for (uint32_t channel = 0; channel < channels_; channel++)
    channels[channel] = window_.data() + channel * frames_ + place;
  return uint32_t(std::min<int64_t>({frames, frames_ - place, end_ - frame}));
}

}  // namespace atome

// Places grains, cuts them at attacks, and sums them.
#include "stretcher.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iterator>

#include "../simd.h"
#include "audible.h"

namespace atome {
namespace {

constexpr double SMALLEST_PITCH = 0.25, LARGEST_PITCH = 4;
/// Input frames per stretched frame up to which attacks are kept together.
constexpr double FASTEST_ATTACK = 6, SLOWEST_ATTACK = 0.05;
constexpr double FASTEST = 64;
/// Beyond this, positions would not be exact.
constexpr double FARTHEST = 4e15;

/// Seconds. The window resolves tones 50 Hz apart and is short enough for the glides of a voice.
constexpr double WINDOW = 2240.0 / 48000;
/// By which power of the pitch windows grow: reading makes noise and low chords coarser, and longer windows blur a
/// voice.
constexpr double GROWTH = 0.5;
/// Share of a transform that a window fills at most.
constexpr double FULLEST = 0.875;
/// Half the longest period that grains are displaced for.
constexpr double REACH = 0.006;
/// The edge of an attack, before which nothing of it is heard.
constexpr double EDGE = 0.0007;
/// How much of an attack only the grain that begins with it holds.
constexpr double ATTACK = 0.008;

/// Score that the largest displacement costs; it keeps what is not periodic in place.
constexpr float DISPLACEMENT_COST = 0.1f;
/// A sine can be turned into any phase; only what has more partials needs displacing.
constexpr float LEAST_DIVERSITY = 1.5f;
/// Share by which partials are drawn to the phases they had to each other in the input, reached where they agree well.
constexpr float PULL = 0.1f, PULL_FROM = 0.6f, PULL_FULL = 0.9f;
/// Share of the band below half the reading rate that is kept.
constexpr double BANDWIDTH = 0.99;
/// Grains from one comparison of levels to the next: the level of noise changes slowly.
constexpr uint32_t COMPARED_GRAINS = 3;
/// Frames; what is displaced by less is heard in the same place.
constexpr int64_t SAME_PLACE = 8;

double finite_or(double value, double otherwise) {
  return std::isfinite(value) ? value : otherwise;
}

}  // namespace

bool Stretcher::prepare(uint32_t channels, uint32_t sampleRate, Windows windows) {
  channels_ = channels;
  const auto frames = [sampleRate](double seconds) { return uint32_t(std::lround(seconds * sampleRate)); };
  // Quarters of a window are whole vectors.
  const uint32_t window = std::max(4 * OVERLAP, frames(WINDOW) / (4 * OVERLAP) * (4 * OVERLAP));
  uint32_t size = 64;
  while (size < window + window / 4) size *= 2;
  usualHop_ = longestHop_ = hop_ = lastHop_ = window / OVERLAP;
  if (windows == Windows::GROWING)
    longestHop_ = std::max(usualHop_, uint32_t(FULLEST * size / OVERLAP) / VECTOR_FRAMES * VECTOR_FRAMES);
  reach_ = frames(REACH);
  fade_ = std::max(1u, frames(EDGE));
  attackFrames_ = std::max(1u, frames(ATTACK));
  return onsets_.prepare(channels, sampleRate, input_capacity()) &&
         grains_.prepare(channels, size, OVERLAP * longestHop_) && sum_.prepare(channels, OVERLAP * longestHop_) &&
         reader_.prepare(channels, longestHop_, uint32_t(std::ceil(usualHop_ / SMALLEST_PITCH))) &&
         weights_.allocate(size / 2 + 4) && frame_.allocate(size) && keeper_.prepare(size, sampleRate) &&
         formants_.prepare(size, sampleRate) && centres_.allocate(channels);
}

uint32_t Stretcher::lookahead() const {
  return uint32_t(2 * usualHop_ + std::max(reach_, onsets_.lookahead()));
}

uint32_t Stretcher::input_capacity() const {
  const auto fastest = int64_t(FASTEST_ATTACK) * longestHop_;
  const auto before = std::max(reach_ + std::max(onsets_.memory(), int64_t(longestHop_)), fastest);
  return 2 * longestHop_ + uint32_t(before) + lookahead() + 2 * (longestHop_ - usualHop_) + uint32_t(fastest);
}

uint32_t Stretcher::hop(double pitch) const noexcept {
  const double grown = usualHop_ * std::pow(std::clamp(finite_or(pitch, 1), 1.0, LARGEST_PITCH), GROWTH);
  return std::min(longestHop_, uint32_t(grown) / VECTOR_FRAMES * VECTOR_FRAMES);
}

InputSpan Stretcher::specify(const GrainRequest& request) noexcept {
  request_ = request;
  request_.position = std::clamp(finite_or(request.position, 0), -FARTHEST, FARTHEST);
  request_.pitch = std::clamp(finite_or(request.pitch, 1), SMALLEST_PITCH, LARGEST_PITCH);
  request_.speed = std::clamp(finite_or(request.speed, 1), -FASTEST, FASTEST);
  hop_ = hop(request_.pitch);
  if (request.reset || !started_) {
    started_ = true;
    onsets_.reset();
    grains_.vocoder().reset();
    sum_.reset();
    keeper_.reset();
    reader_.reset();
    reader_.begin_at(2 * hop_);
    begin_ = -2 * int64_t(hop_);
    lastHop_ = hop_;
    count_ = 0;
    first_ = true;
    unchanged_ = OVERLAP;
    continued_ = 0;
    pending_ = false;
    consumed_ = int64_t(std::llround(request_.position)) - onsets_.lead();
    anchor_ = {-GrainCuts::NEVER, -GrainCuts::NEVER};
    std::fill(std::begin(places_), std::end(places_), Place{0, request_.position});
  }
  // The centre of a window of another length lies elsewhere.
  centre_ = begin_ + 2 * int64_t(hop_);
  request_.position += double(centre_ - centre()) * request_.speed / request_.pitch;
  const auto nominal = int64_t(std::llround(request_.position));
  const double speed = request_.speed / request_.pitch;
  span_.begin =
      nominal - 2 * int64_t(hop_) - std::max(reach_ + std::max(onsets_.memory(), int64_t(hop_)), behind(speed));
  span_.end = nominal + lookahead() + 2 * int64_t(hop_ - usualHop_) + ahead(speed);
  return span_;
}

/// Input frames beyond the usual look ahead: fast grains see attacks coming from farther away, and in slow ones an
/// attack at normal speed runs ahead of the position.
int64_t Stretcher::ahead(double speed) const noexcept {
  const double fast = std::clamp(speed, 1.0, FASTEST_ATTACK) - 1, slow = 1 - std::clamp(speed, 0.0, 1.0);
  const auto spare = int64_t(lookahead()) - 2 * int64_t(usualHop_);
  return std::max({int64_t{0}, int64_t(std::ceil(fast * hop_)), int64_t(std::ceil(slow * hop_)) - spare});
}

/// Input frames that an attack at normal speed stays behind the position of a fast grain.
int64_t Stretcher::behind(double speed) const noexcept {
  return int64_t(std::ceil((std::clamp(speed, 1.0, FASTEST_ATTACK) - 1) * hop_));
}

/// Decides which input frame the grain shows, and where it is cut.
void Stretcher::place() noexcept {
  const double speed = request_.speed / request_.pitch;
  const auto nominal = int64_t(std::llround(request_.position));
  int64_t next = OnsetMap::NONE;
  attack_ = pending_ && fits(anchor_.input + (centre_ - anchor_.output));
  pending_ = false;
  if (attack_) {
    // The grain before ended with the onset; this one begins with it.
    position_ = anchor_.input + (centre_ - anchor_.output);
    consumed_ = anchor_.input + 1;
    sum_.cut(uint32_t(anchor_.output - centre_ + 2 * int64_t(hop_)));
    next = onsets_.first(consumed_, span_.end);
  } else {
    if (speed > SLOWEST_ATTACK && speed <= FASTEST_ATTACK)
      next = onsets_.first(std::max(consumed_, nominal - 2 * int64_t(hop_)), span_.end);
    if (first_) next = std::max(next, nominal);
    const double output = double(centre_) + (double(next) - request_.position) / speed;
    if (next != OnsetMap::NONE && output < double(centre_ + hop_)) {
      anchor_ = {next, std::max(int64_t(std::llround(output)), centre_ + 1)};
      position_ = anchor_.input - (anchor_.output - centre_);
      pending_ = fits(position_);
    }
    if (!pending_) position_ = first_ ? nominal : displaced(nominal);
  }
  cut_at_onsets(next);
}

/// There is input for all of a grain at this position: the request may have jumped since it was planned.
bool Stretcher::fits(int64_t position) const noexcept {
  return position - grains_.half() >= span_.begin && position + grains_.half() <= span_.end;
}

/// An input frame near the one asked for, at which a periodic sound is where its period wants it.
int64_t Stretcher::displaced(int64_t nominal) noexcept {
  displacement_.clear();
  grains_.vocoder().offer_last(displacement_, double(nominal - lastPosition_), double(centre_ - lastCentre_));
  if (displacement_.diversity() < LEAST_DIVERSITY) return nominal;
  const auto shift = displacement_.refined(displacement_.best(float(reach_), 2, DISPLACEMENT_COST));
  return nominal + int64_t(std::lround(std::clamp(shift.frames, -float(reach_), float(reach_))));
}

void Stretcher::cut_at_onsets(int64_t next) noexcept {
  cuts_ = {};
  cuts_.fade = cuts_.leftFade = fade_;
  if (next != OnsetMap::NONE) cuts_.right = next - position_;
  if (pending_ || anchor_.input <= -GrainCuts::NEVER) return;
  cuts_.output = anchor_.output - centre_;
  // What follows the attack leaves it out, unless it would put it in the same place.
  const int64_t drift = (position_ - centre_) - (anchor_.input - anchor_.output);
  if (std::llabs(drift) < SAME_PLACE) {
    cuts_.left = anchor_.input - position_;
  } else {
    cuts_.left = anchor_.input - position_ + attackFrames_;
    cuts_.leftFade = attackFrames_;
    // What it holds is of later than the attack: it must not be heard before.
    cuts_.output += fade_;
  }
}

void Stretcher::turn_phases() noexcept {
  PhaseVocoder& vocoder = grains_.vocoder();
  const auto inputAdvance = double(position_ - lastPosition_), outputAdvance = double(centre_ - lastCentre_);
  vocoder.predict({inputAdvance, outputAdvance, first_, attack_, grains_.is_cut(cuts_)});
  displacement_.clear();
  if (first_ || attack_) return vocoder.settle(0, 0);
  vocoder.offer(displacement_);
  const Displacement::Shift shift = displacement_.refined(displacement_.best(12, 1, 0));
  vocoder.settle(shift.frames, PULL * std::clamp((shift.agreement - PULL_FROM) / (PULL_FULL - PULL_FROM), 0.0f, 1.0f));
}

/// The bins that the pitch reader can represent.
uint32_t Stretcher::sounding_bins() const noexcept {
  const double highest = 0.5 * std::min(1.0, BANDWIDTH / request_.pitch);
  return uint32_t(highest * grains_.vocoder().size()) + 1;
}

bool Stretcher::asks_for_input_itself() const noexcept {
  return request_.speed == 1 && request_.pitch == 1 && request_.position == std::round(request_.position) && !pending_;
}

/// Whether the grain goes on where the one before it led.
bool Stretcher::continues() const noexcept {
  return !first_ && std::fabs(request_.position - expected_) <= double(hop_);
}

void Stretcher::analyse(const float* const* channels) noexcept {
  continued_ = continues() ? std::min(continued_ + 1, OVERLAP) : 0;
  expected_ = next(request_).position;
  std::copy(std::begin(places_) + 1, std::end(places_), std::begin(places_));
  places_[OVERLAP / 2] = {double(centre_), request_.position};
  grains_.set_window(OVERLAP * hop_);
  onsets_.follow(channels, span_.begin, span_.end);
  const bool unchanged = asks_for_input_itself();
  if (unchanged) {
    position_ = int64_t(request_.position);
    consumed_ = position_;
    anchor_ = {-GrainCuts::NEVER, -GrainCuts::NEVER};
    const bool continues = first_ || position_ - lastPosition_ == centre_ - lastCentre_;
    unchanged_ = continues ? unchanged_ + (unchanged_ < OVERLAP ? 1 : 0) : 1;
  } else {
    unchanged_ = 0;
    place();
  }
  for (uint32_t channel = 0; channel < channels_; channel++)
    centres_[channel] = channels[channel] + (position_ - span_.begin);
  if (unchanged) {
    // The next grain that is changed begins with the phases of the input.
    grains_.vocoder().reset();
    grains_.add_unchanged(centres_.data(), sum_);
    if (unchanged_ == OVERLAP) copy_input();
  } else {
    grains_.analyse(centres_.data(), cuts_);
    turn_phases();
  }
  lastPosition_ = position_;
  lastCentre_ = centre_;
  first_ = false;
}

/// What each bin of the grain is multiplied by.
void Stretcher::weigh() noexcept {
  const uint32_t sounding = sounding_bins();
  std::fill_n(weights_.data(), sounding, 1.0f);
  std::fill(weights_.data() + sounding, weights_.end(), 0.0f);
  PhaseVocoder& vocoder = grains_.vocoder();
  if (request_.formants && request_.pitch != 1)
    formants_.apply(vocoder.fft(), vocoder.power(), request_.pitch, weights_.data(), sounding);
  keep_level();
}

/// Makes grains louder by what they lose for not being in phase with the sum. Attacks are in phase.
void Stretcher::keep_level() noexcept {
  if (!grains_.is_plain()) return;
  // After a jump the sum holds something else, and being unlike it tells nothing.
  if (continued_ + 1 >= OVERLAP && count_ % COMPARED_GRAINS == 0) compare_level();
  keeper_.apply(weights_.data());
}

void Stretcher::compare_level() noexcept {
  keeper_.clear();
  std::fill(frame_.begin(), frame_.end(), 0.0f);
  for (uint32_t channel = 0; channel < channels_; channel++) {
    // Unequal shares, so that what is opposite in two channels does not vanish.
    const float share = channel % 2 ? 0.6f : 1.0f;
    grains_.vocoder().add_turned(channel, share, keeper_.grain_re(), keeper_.grain_im());
    sum_.add_level(channel, share, frame_.data() + grains_.padding(), grains_.window());
  }
  grains_.apply_hann(frame_.data());
  keeper_.compare(grains_.vocoder().fft(), frame_.data());
}

/// The output is nothing but input: no rounding either.
void Stretcher::copy_input() noexcept {
  for (uint32_t channel = 0; channel < channels_; channel++) {
    const float* from = centres_[channel] - 2 * int64_t(hop_);
    float* to = reader_.input(channel);
    for (uint32_t frame = 0; frame < hop_; frame += VECTOR_FRAMES) store(to + frame, bounded(load(from + frame)));
  }
}

OutputSpan Stretcher::synthesise(float* const* channels) noexcept {
  if (unchanged_ == 0) {
    weigh();
    grains_.synthesise(weights_.data(), sum_);
  }
  if (unchanged_ < OVERLAP)
    for (uint32_t channel = 0; channel < channels_; channel++) sum_.read(channel, hop_, reader_.input(channel));
  sum_.advance(hop_);
  const double begin = input_at(double(begin_) + reader_.position());
  const uint32_t frames = reader_.take(hop_, request_.pitch);
  reader_.read(channels);
  reader_.release();
  begin_ += hop_;
  lastHop_ = hop_;
  count_++;
  return {frames, begin, input_at(double(begin_) + reader_.position())};
}

/// The input frame that is heard at a stretched frame.
double Stretcher::input_at(double output) const noexcept {
  const Place* from = output < places_[1].output ? places_ : places_ + 1;
  const double advance = from[1].output - from[0].output;
  if (!(advance > 0)) return from[1].input;
  return from[0].input + (output - from[0].output) / advance * (from[1].input - from[0].input);
}

GrainRequest Stretcher::next(const GrainRequest& request) const noexcept {
  GrainRequest following = request;
  following.position = request_.position + request_.speed / request_.pitch * hop_;
  following.reset = false;
  return following;
}

}  // namespace atome

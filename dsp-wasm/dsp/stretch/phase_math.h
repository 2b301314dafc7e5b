// Angles in turns: whole turns drop out exactly, and the polynomials cost a fraction of the library's functions.
#pragma once
#include <cmath>

#include "../simd.h"

namespace atome {

/// Into -0.5 .. 0.5.
inline double wrapped(double turns) {
  return turns - std::nearbyint(turns);
}
inline float wrapped(float turns) {
  return turns - std::nearbyint(turns);
}

/// To the nearest whole numbers.
inline Vector rounded(Vector values) {
  // Adding this leaves no room for fractions.
  const Vector whole = splat(12582912.0f);
  return (values + whole) - whole;
}

/// Into -0.5 .. 0.5.
inline Vector wrapped(Vector turns) {
  return turns - rounded(turns);
}

struct PhasorVector {
  Vector re;
  Vector im;
};

/// exp(2 pi i turns) of four within 2e-7, for -0.5 .. 0.5.
inline PhasorVector phasors(Vector turns) {
  const Vector quarter = rounded(turns + turns) * splat(0.5f);
  const Vector angle = (turns - quarter) * splat(6.28318531f);
  const Vector s = angle * angle;
  Vector sine = splat(-2.3889859e-8f);
  sine = sine * s + splat(2.7525562e-6f);
  sine = sine * s + splat(-1.9840874e-4f);
  sine = sine * s + splat(8.3333310e-3f);
  sine = sine * s + splat(-0.16666667f);
  sine = (sine * s + splat(1.0f)) * angle;
  Vector cosine = splat(-2.6051615e-7f);
  cosine = cosine * s + splat(2.4760495e-5f);
  cosine = cosine * s + splat(-1.3888378e-3f);
  cosine = cosine * s + splat(4.1666638e-2f);
  cosine = cosine * s + splat(-0.5f);
  cosine = cosine * s + splat(1.0f);
  const Vector sign = quarter == splat(0) ? splat(1) : splat(-1);
  return {sign * cosine, sign * sine};
}

/// atan2(im, re) / 2 pi of four within 2e-8; 0 for a zero. Minimax polynomial of the arctangent on 0 .. 1.
inline Vector turns_of(Vector re, Vector im) {
  const Vector x = absolute(re), y = absolute(im);
  const Vector large = maximum(x, y);
  const Vector t = large > splat(0) ? minimum(x, y) / large : splat(0);
  const Vector s = t * t;
  Vector turns = splat(-6.45277215e-4f);
  turns = turns * s + splat(3.47949847e-3f);
  turns = turns * s + splat(-8.89857877e-3f);
  turns = turns * s + splat(0.0153459275f);
  turns = turns * s + splat(-0.0221362301f);
  turns = turns * s + splat(0.0317459371f);
  turns = turns * s + splat(-0.0530461203f);
  turns = turns * s + splat(0.159154837f);
  turns *= t;
  turns = y > x ? splat(0.25f) - turns : turns;
  turns = re < splat(0) ? splat(0.5f) - turns : turns;
  return im < splat(0) ? -turns : turns;
}

}  // namespace atome

/**
 * The settings of a lake as records. {@link dev.tarn.settings.LakeSettings#load} reads {@code lake.yaml} and
 * {@code sources/*.yaml} once, checks all of it, and fails with every problem at once, each with its file and line.
 * What is embedded or an address is a sealed choice, so that a caller handles both. The reference for users is
 * {@code docs/guide/settings.md}; a test holds it in line with the keys here.
 */
@NullMarked
package dev.tarn.settings;

import org.jspecify.annotations.NullMarked;

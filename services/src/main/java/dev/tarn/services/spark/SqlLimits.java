package dev.tarn.services.spark;

import java.time.Duration;

/**
 * What a statement may take if it does not say otherwise itself.
 *
 * @param timeout it is cancelled after this time
 * @param maxRows so many rows are answered
 */
public record SqlLimits(Duration timeout, int maxRows) {}

package dev.tarn.cli.server;

import java.time.Duration;

/**
 * How a table is compared with its source.
 *
 * @param limit of how many wrong rows to tell the columns
 * @param patience how long rows that change meanwhile may take to settle
 * @param quiet how long a row of the source must have been the same before it counts as wrong
 * @param repairs whether to bring wrong rows in line, and compare again
 */
public record VerifyOptions(int limit, Duration patience, Duration quiet, boolean repairs) {}

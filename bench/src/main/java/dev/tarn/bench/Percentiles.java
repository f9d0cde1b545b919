package dev.tarn.bench;

import java.util.Arrays;
import java.util.Collection;

/** The spread of figures of one kind. */
final class Percentiles {
    private final double[] sorted;

    private Percentiles(double[] figures) {
        sorted = figures.clone();
        Arrays.sort(sorted);
    }

    static Percentiles of(double... figures) {
        return new Percentiles(figures);
    }

    static Percentiles of(Collection<Long> figures) {
        return new Percentiles(figures.stream().mapToDouble(Long::doubleValue).toArray());
    }

    /** Half of the figures do not exceed it; not a number if there is none. */
    static double median(Collection<Double> figures) {
        return of(figures.stream().mapToDouble(Double::doubleValue).toArray()).at(50);
    }

    /** The smallest figure that so many hundredths of all do not exceed; not a number if there is none. */
    double at(int percent) {
        return sorted.length == 0
                ? Double.NaN
                : sorted[Math.max(0, (int) Math.ceil(sorted.length * percent / 100.0) - 1)];
    }

    Report report() {
        Report report = new Report().put("count", sorted.length);
        return sorted.length == 0
                ? report
                : report.put("p50", at(50))
                        .put("p90", at(90))
                        .put("p99", at(99))
                        .put("max", at(100));
    }
}

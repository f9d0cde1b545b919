package dev.tarn.processes.engine.streams;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.util.AccumulatorV2;

/**
 * The events that tasks could not decode, on their way to the driver. Spark brings those of a task when it has succeeded;
 * one that ran twice brings them twice, so that they are kept by name.
 */
final class BadEvents extends AccumulatorV2<BadEvent, List<BadEvent>> {
    private static final long serialVersionUID = 1L;

    private final TreeMap<String, BadEvent> events = new TreeMap<>();

    @Override
    public synchronized boolean isZero() {
        return events.isEmpty();
    }

    @Override
    public synchronized BadEvents copy() {
        BadEvents copy = new BadEvents();
        copy.events.putAll(events);
        return copy;
    }

    @Override
    public synchronized void reset() {
        events.clear();
    }

    @Override
    public synchronized void add(BadEvent event) {
        events.put(event.coordinates(), event);
    }

    @Override
    public synchronized void merge(AccumulatorV2<BadEvent, List<BadEvent>> other) {
        other.value().forEach(this::add);
    }

    @Override
    public synchronized List<BadEvent> value() {
        return new ArrayList<>(((Map<String, BadEvent>) events).values());
    }
}

package dev.tarn.settings;

import java.net.URI;

/** The engine for SQL, models and streaming queries. */
public sealed interface EngineSettings {
    /** Started by Tarn. */
    record EmbeddedEngine() implements EngineSettings {}

    /** The lake is fed, but not queried through Tarn. */
    record NoEngine() implements EngineSettings {}

    /** A Spark cluster, {@code spark://host:port}. */
    record ExternalEngine(URI spark) implements EngineSettings {}
}

package dev.tarn.collect.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.connect.sink.SinkConnector;
import org.junit.jupiter.api.Test;

class RawSinkTest {
    private final Map<String, String> good = Map.of(
            "name", "raw",
            "topics", "a",
            "key.converter", RawSink.BYTES,
            "value.converter", RawSink.BYTES,
            "raw.path", "s3a://bucket/lake",
            "raw.registry.url", "http://127.0.0.1:8080/");

    @Test
    void connectFindsIt() {
        assertThat(ServiceLoader.load(SinkConnector.class)).hasAtLeastOneElementOfType(RawSink.class);
    }

    @Test
    void goodSettingsPass() {
        assertThat(problems(good)).isEmpty();
    }

    @Test
    void allProblemsAreReportedTogether() {
        Map<String, String> bad = new HashMap<>(good);
        bad.put("raw.path", "lake");
        bad.put("raw.registry.url", "http://127.0.0.1:8080/apis");
        bad.put("raw.flush.records", "0");
        bad.put("raw.flush.interval.ms", "soon");
        bad.put("raw.tombstones", "maybe");
        bad.put("raw.codec", "gzip");
        bad.put("raw.flsh", "1");
        bad.remove("value.converter");

        assertThat(problems(bad))
                .contains(
                        "Invalid value lake for configuration raw.path: write an absolute directory, a file: URI or"
                                + " s3a://bucket/prefix",
                        "Invalid value http://127.0.0.1:8080/apis for configuration raw.registry.url: write scheme, host"
                                + " and port alone, such as http://127.0.0.1:8080",
                        "Invalid value 0 for configuration raw.flush.records: Value must be at least 1",
                        "Invalid value soon for configuration raw.flush.interval.ms: Not a number of type LONG",
                        "Invalid value maybe for configuration raw.tombstones: String must be one of: keep, drop",
                        "Invalid value gzip for configuration raw.codec: String must be one of: zstandard, snappy,"
                                + " deflate, null",
                        "value.converter must be org.apache.kafka.connect.converters.ByteArrayConverter: records are"
                                + " kept as they are",
                        "unknown key 'raw.flsh'; known are [raw.codec, raw.drafts.path, raw.flush.interval.ms,"
                                + " raw.flush.records, raw.path, raw.registry.url, raw.retries, raw.tombstones]");
    }

    @Test
    void objectStoreWithoutHadoopSaysWhatToPutWhere() {
        assertThatThrownBy(() -> new RawSink().start(good))
                .hasMessage("Cannot write to 's3a://bucket/lake': the plugin has no Hadoop file systems. Put"
                        + " hadoop-client-api, hadoop-client-runtime and hadoop-aws with its AWS bundle into"
                        + " plugins/raw-sink, then restart the lake. [RAW_NO_HADOOP]");
    }

    private static List<String> problems(Map<String, String> settings) {
        return new RawSink()
                .validate(settings).configValues().stream()
                        .flatMap(value -> value.errorMessages().stream())
                        .toList();
    }
}

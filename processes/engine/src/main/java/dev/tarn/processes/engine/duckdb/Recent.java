package dev.tarn.processes.engine.duckdb;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Memory for what is asked again. */
final class Recent {
    private Recent() {}

    /** A map for several threads that forgets its oldest entries. */
    static <K, V> Map<K, V> map(int most) {
        return Collections.synchronizedMap(new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        });
    }
}

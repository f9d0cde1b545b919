package dev.tarn.processes.engine.recent;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Memory for what is asked again. */
public final class Recent {
    private Recent() {}

    /** A map for several threads that forgets what has not been asked for longest. */
    public static <K, V> Map<K, V> map(int most) {
        return Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        });
    }
}

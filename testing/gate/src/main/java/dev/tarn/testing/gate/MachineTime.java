package dev.tarn.testing.gate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The processor time that a machine has spent on work, all its processes together. */
final class MachineTime {
    /** The clock of {@code /proc/stat} on every Linux of today (proc(5): USER_HZ). */
    private static final long MILLIS_A_TICK = 10;

    private static final int IDLE = 3;
    private static final int IO_WAIT = 4;
    private static final int STOLEN = 7;

    private MachineTime() {}

    /** Milliseconds since the machine's start, over all cores; -1 where the system does not tell. */
    static long busyMillis() {
        try {
            return busyMillis(Files.readAllLines(Path.of("/proc/stat")));
        } catch (IOException e) {
            return -1;
        }
    }

    static long busyMillis(List<String> stat) {
        // cpu  user nice system idle iowait irq softirq steal guest guest_nice; user holds guest already.
        String[] fields = stat.get(0).substring("cpu".length()).trim().split(" +", -1);
        long ticks = 0;
        for (int i = 0; i < STOLEN && i < fields.length; i++) {
            ticks += i == IDLE || i == IO_WAIT ? 0 : Long.parseLong(fields[i]);
        }
        return ticks * MILLIS_A_TICK;
    }
}

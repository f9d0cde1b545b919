package dev.tarn.cli;

import dev.tarn.cli.server.LakeSql;

/** While it is open, Ctrl-C and TERM cancel the statement that runs before they end this process. */
final class CancelAtExit implements AutoCloseable {
    private final Thread hook;

    private CancelAtExit(Thread hook) {
        this.hook = hook;
    }

    static CancelAtExit of(LakeSql sql) {
        Thread hook = new Thread(sql::cancel, "cancel-sql");
        Runtime.getRuntime().addShutdownHook(hook);
        return new CancelAtExit(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // This process ends already, and the hook runs.
            return;
        }
    }
}

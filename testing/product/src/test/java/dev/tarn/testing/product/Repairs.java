package dev.tarn.testing.product;

import static org.awaitility.Awaitility.await;

import dev.tarn.testing.fixtures.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/** Rows that a table gets through its writer, so that it goes on, and of which the source knows nothing. */
final class Repairs {
    private Repairs() {}

    /**
     * Has the writer of a table take rows, and waits until it has.
     *
     * @param table its folder in the lake's storage, such as {@code moma/artworks}
     * @param rows the request of a repair, as JSON
     */
    static void inject(Lake lake, String table, String rows) throws IOException {
        Path folder = lake.directory().resolve(".tarn/storage").resolve(table).resolve(".hoodie");
        Path draft = Files.writeString(folder.resolve("injected"), rows);
        Path request = Files.move(draft, folder.resolve("tarn-repair-request"), StandardCopyOption.ATOMIC_MOVE);
        await().atMost(Duration.ofMinutes(4)).until(() -> !Files.exists(request));
    }
}

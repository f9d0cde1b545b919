package dev.tarn.testing.product;

import dev.tarn.testing.fixtures.Lake;
import dev.tarn.testing.fixtures.LakeRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Five sources of five databases: {@code straight} and {@code round} have the same rows and read them each way, {@code slow}
 * reads slowly, so that much can happen meanwhile, {@code cut} is cut off, and {@code moma} is compared with its tables.
 */
public final class LabLake implements LakeRecipe {
    @Override
    public Lake start(Path folder) throws IOException {
        Path lab = folder.resolve("lab");
        Files.createDirectories(lab.resolve("sources"));
        Files.writeString(lab.resolve("lake.yaml"), "name: lab\n");
        Files.writeString(lab.resolve("sources/straight.yaml"), """
            postgres: embedded
            tables:
              - table: straight.every_type
                into: by_straight
              - table: straight.unfit
            """);
        Files.writeString(lab.resolve("sources/round.yaml"), """
            postgres: embedded
            tables:
              - table: round.every_type
                into: by_round
            load: {through: kafka}
            """);
        Files.writeString(lab.resolve("sources/slow.yaml"), """
            postgres: embedded
            tables:
              - table: slow.readings
                partition: [station]
            load: {max-rows-per-second: 10000}
            """);
        Files.writeString(lab.resolve("sources/cut.yaml"), """
            postgres: embedded
            tables:
              - table: cut.ledger
            """);
        Files.writeString(lab.resolve("sources/moma.yaml"), """
            postgres: embedded
            tables:
              - table: public.artworks
                partition: [classification]
              - table: public.every_type
            """);
        Lake lake = new Lake(lab);
        lake.startOrEnd();
        return lake;
    }
}

package dev.tarn.cli;

import dev.tarn.cli.demo.MuseumDemo;
import dev.tarn.cli.lake.LakeLocation;
import dev.tarn.cli.server.LakeStatus;
import dev.tarn.cli.terminal.OutputFormat;
import dev.tarn.generate.ExampleLake;
import dev.tarn.generate.museum.Museum;
import dev.tarn.generate.museum.MuseumData;
import dev.tarn.generate.museum.MuseumFileException;
import dev.tarn.generate.museum.MuseumFiles;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "demo", description = "Make the museum lake, start it and show what it does.")
final class DemoCommand implements Callable<Integer> {
    private static final ExampleLake MUSEUM = ExampleLake.MUSEUM;
    private static final long SEED = 1929;
    private static final int ARTISTS = 1_000;
    private static final int ARTWORKS = 5_000;

    private final TarnCommand tarn;

    @Option(names = "--directory", paramLabel = "DIR", description = "Where the lake lies. Default: ${DEFAULT-VALUE}.")
    private Path directory = Path.of("museum");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Take artists.csv and artworks.csv from here. Default: rows made up for the demo.")
    private @Nullable Path data;

    DemoCommand(TarnCommand tarn) {
        this.tarn = tarn;
    }

    @Override
    public Integer call() throws IOException {
        Museum museum = museum();
        LakeLocation lake = findOrCreate(tarn.resolve(directory));
        LakeStatus status = new LakeStart(tarn.terminal(), tarn.home(), LakeStart.PATIENCE).runOrJoin(lake);
        StatusView.of(status).print(tarn.terminal(), OutputFormat.TABLE);
        new MuseumDemo(tarn.terminal(), lake).show(museum);
        String command = "tarn -C " + directory + " ";
        tarn.terminal()
                .say("\nThe lake '" + lake.name() + "' runs. Go on with:\n"
                        + "  " + command + "sql \"SELECT nationality, count(*) FROM moma.artists GROUP BY 1\"\n"
                        + "  " + command + "source exec moma \"UPDATE artists SET name = 'You' WHERE artist_id = 92\"\n"
                        + "  " + command + "table list    see its tables; also show, timeline, files, stats, verify\n"
                        + "  " + command + "status        see its services\n"
                        + "  " + command + "down          stop it; its data stays");
        return 0;
    }

    private Museum museum() throws IOException {
        if (data == null) {
            return new MuseumData(SEED, ARTISTS, ARTWORKS);
        }
        try {
            return MuseumFiles.check(tarn.resolve(data));
        } catch (MuseumFileException e) {
            throw new TarnException(ErrorKind.USER, "DEMO_DATA", String.valueOf(e.getMessage()), e);
        }
    }

    private LakeLocation findOrCreate(Path path) {
        LakeLocation lake = new LakeLocation(path);
        if (!Files.exists(lake.settings())) {
            NewLake.of(MUSEUM).create(path);
            tarn.terminal().say("Made lake '" + lake.name() + "' in " + directory + ".");
        } else if (!isMuseum(lake)) {
            throw new TarnException(
                    ErrorKind.USER,
                    "DEMO_DIRECTORY",
                    "Cannot make the demo in '" + directory + "': it is the lake '" + lake.name()
                            + "' already. Name another directory with --directory.");
        }
        return lake;
    }

    private static boolean isMuseum(LakeLocation lake) {
        return lake.name().equals(MUSEUM.lakeName())
                && MUSEUM.ownFiles().stream()
                        .allMatch(file -> Files.exists(lake.directory().resolve(file)));
    }
}

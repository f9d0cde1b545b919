package dev.tarn.services;

import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.nio.file.Path;
import java.util.Optional;

/** Paths that an engine cannot be told, since it takes one of their characters for the end of the path. */
public final class OddPath {
    private OddPath() {}

    /**
     * The refusal to start a service whose path holds the character.
     *
     * @param reason why the engine cannot have it, such as {@code Kafka takes it for the start of another folder}
     * @param remedy what to do, such as {@code Move the lake to a path without it.}
     */
    public static Optional<TarnException> problem(
            String service, Path path, char character, String reason, String remedy) {
        return path.toString().indexOf(character) < 0
                ? Optional.empty()
                : Optional.of(new TarnException(
                        ErrorKind.USER,
                        "PATH",
                        "Cannot start service '" + service + "': there is a '" + character + "' in the path '" + path
                                + "', and " + reason + ". " + remedy));
    }
}

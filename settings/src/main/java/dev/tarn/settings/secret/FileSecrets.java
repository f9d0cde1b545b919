package dev.tarn.settings.secret;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** <code>${file:P}</code>: the content of the file P, relative to the lake directory, without its last line end. */
final class FileSecrets implements SecretSource {
    private final Path lakeDirectory;

    FileSecrets(Path lakeDirectory) {
        this.lakeDirectory = lakeDirectory;
    }

    @Override
    public String scheme() {
        return "file";
    }

    @Override
    public String load(String path) throws UnreadableSecretException {
        try {
            return Files.readString(lakeDirectory.resolve(path)).replaceFirst("\\r?\\n\\z", "");
        } catch (NoSuchFileException e) {
            throw new UnreadableSecretException("file '" + path + "' does not exist", e);
        } catch (CharacterCodingException e) {
            throw new UnreadableSecretException("file '" + path + "' is not UTF-8 text", e);
        } catch (IOException | InvalidPathException e) {
            throw new UnreadableSecretException("file '" + path + "' cannot be read", e);
        }
    }
}

package dev.tarn.settings.aws;

import dev.tarn.settings.secret.SecretSource;
import dev.tarn.settings.secret.UnreadableSecretException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.SsmException;

/** <code>${ssm:/path}</code>: a parameter of the Parameter Store of AWS Systems Manager, decrypted. */
public final class ParameterStore implements SecretSource {
    // The server answers within seconds, also when AWS does not.
    private static final Duration LONGEST_CALL = Duration.ofSeconds(10);

    private @Nullable SsmClient client;

    @Override
    public String scheme() {
        return "ssm";
    }

    @Override
    public String load(String path) throws UnreadableSecretException {
        try {
            return open().getParameter(request -> request.name(path).withDecryption(true))
                    .parameter()
                    .value();
        } catch (ParameterNotFoundException e) {
            throw new UnreadableSecretException("parameter '" + path + "' does not exist in AWS Systems Manager", e);
        } catch (SsmException e) {
            String reason =
                    e.awsErrorDetails().errorCode() + ": " + e.awsErrorDetails().errorMessage();
            throw unreadable(path, reason, e);
        } catch (SdkException e) {
            throw unreadable(path, String.valueOf(e.getMessage()), e);
        }
    }

    private SsmClient open() {
        if (client == null) {
            client = SsmClient.builder()
                    .httpClientBuilder(UrlConnectionHttpClient.builder())
                    .overrideConfiguration(calls -> calls.apiCallTimeout(LONGEST_CALL))
                    .build();
        }
        return client;
    }

    private static UnreadableSecretException unreadable(String path, String reason, SdkException cause) {
        String oneLine = reason.replaceAll("\\s*\\R\\s*", " ");
        return new UnreadableSecretException(
                "parameter '" + path + "' cannot be read from AWS Systems Manager: " + oneLine, cause);
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
    }
}

package io.guildhall.infrastructure.datadirectory;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The place of the data directory, and the secrets that configuration supplies instead of it.
 *
 * @param home the data directory, created if it does not exist
 * @param masterKey 32 bytes in Base64, which wrap all keys of personal data; by default a file of the data directory
 * @param previousMasterKeys the master keys before the current one, so that nodes can start with the new key before the
 *     rotation
 * @param operator how operators authenticate
 */
@ConfigurationProperties("guildhall")
public record DataDirectoryProperties(
        @DefaultValue("./.guildhall") Path home,
        @Nullable String masterKey,
        @DefaultValue List<String> previousMasterKeys,
        @DefaultValue Operator operator) {

    /**
     * @param key the operators' bearer token; by default a file of the data directory if the database is embedded
     */
    public record Operator(@Nullable String key) {}

    /** Omits the secrets. */
    @Override
    public String toString() {
        return "DataDirectoryProperties[home=%s]".formatted(home);
    }
}

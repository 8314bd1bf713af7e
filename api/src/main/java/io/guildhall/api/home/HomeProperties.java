package io.guildhall.api.home;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the home is, and the secrets that come from elsewhere than from there.
 *
 * @param home the directory of the home, made when it is missing
 * @param masterKey 32 bytes in base64, under which all keys of personal data are wrapped (R20); by default a file of the home
 * @param previousMasterKeys what the master key was before it is rotated, so that processes can be started with the new one ahead of that
 * @param operator how operators prove who they are
 */
@ConfigurationProperties("guildhall")
public record HomeProperties(
        @DefaultValue("./.guildhall") Path home,
        @Nullable String masterKey,
        @DefaultValue List<String> previousMasterKeys,
        @DefaultValue Operator operator) {

    /**
     * @param key the operators' secret; by default a file of the home, when the database is there too
     */
    public record Operator(@Nullable String key) {}

    /** Without the secrets. */
    @Override
    public String toString() {
        return "HomeProperties[home=%s]".formatted(home);
    }
}

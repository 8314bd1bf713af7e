package io.guildhall.infrastructure.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guildhall.infrastructure.encryption.AesGcm;
import io.guildhall.infrastructure.encryption.KeyEncryptionKeys;
import io.guildhall.infrastructure.encryption.RewrappableKey;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The Ed25519 key that checkpoints are signed with: one for all processes and organizations, made when it is first needed. Its
 * private part is stored wrapped under a key that the master key guards. Its name is that of the service at that time, and stays.
 */
public class SigningKey implements RewrappableKey {

    private static final String ALGORITHM = "Ed25519";
    private static final String PURPOSE = "signing-key";

    private final JdbcClient sql;
    private final KeyEncryptionKeys wrapping;
    private final String serviceName;
    private volatile @Nullable Pair pair;

    /** @param service where the outside world reaches this service */
    public SigningKey(JdbcClient sql, KeyEncryptionKeys wrapping, URI service) {
        this.sql = sql;
        this.wrapping = wrapping;
        this.serviceName = name(service);
    }

    private record Pair(VerifierKey verifier, PrivateKey secret) {}

    private record Row(String name, byte[] publicKey, byte[] wrapped, int generation) {}

    public VerifierKey verifier() {
        return pair().verifier();
    }

    byte[] sign(String text) {
        try {
            Signature signing = Signature.getInstance(ALGORITHM);
            signing.initSign(pair().secret());
            signing.update(text.getBytes(UTF_8));
            return signing.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Pair pair() {
        Pair known = pair;
        if (known == null) {
            known = load();
            pair = known;
        }
        return known;
    }

    private Pair load() {
        Row row = find();
        if (row == null) {
            create();
            row = find();
        }
        if (row == null) {
            throw new IllegalStateException("The signing key cannot be kept");
        }
        try {
            byte[] secret = opened(row);
            return new Pair(
                    new VerifierKey(row.name(), row.publicKey()),
                    KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(secret)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The signing key is none", e);
        }
    }

    private @Nullable Row find() {
        return sql.sql("select name, public_key, wrapped, generation from signing_key")
                .query((row, n) -> new Row(row.getString(1), row.getBytes(2), row.getBytes(3), row.getInt(4)))
                .optional()
                .orElse(null);
    }

    /** Of several processes that do this at the same time, one stores its key. */
    private void create() {
        try {
            KeyPair made = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            int generation = wrapping.generation();
            sql.sql(
                            "insert into signing_key (name, public_key, wrapped, generation) values (?, ?, ?, ?) on conflict do nothing")
                    .params(
                            serviceName,
                            VerifierKey.of(serviceName, made.getPublic()).raw(),
                            sealed(made.getPrivate().getEncoded(), serviceName, generation),
                            generation)
                    .update();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public long rewrap(int generation) {
        Row row = find();
        return row == null || row.generation() >= generation
                ? 0
                : sql.sql("update signing_key set wrapped = ?, generation = ? where generation = ?")
                        .params(sealed(opened(row), row.name(), generation), generation, row.generation())
                        .update();
    }

    @Override
    public long behind(int generation) {
        Row row = find();
        return row == null || row.generation() >= generation ? 0 : 1;
    }

    private byte[] opened(Row row) {
        return AesGcm.open(
                wrapping.wrapping(row.generation(), PURPOSE),
                row.wrapped(),
                row.name().getBytes(UTF_8));
    }

    private byte[] sealed(byte[] secret, String name, int generation) {
        return AesGcm.seal(wrapping.wrapping(generation, PURPOSE), secret, name.getBytes(UTF_8));
    }

    /** An address without its scheme, and without what the names of keys may not have. */
    private static String name(URI url) {
        return (url.getRawAuthority() + url.getRawPath()).replace('+', '-').replaceAll("/+$", "");
    }
}

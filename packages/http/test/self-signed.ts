/**
 * A key and a certificate of localhost that sign themselves, for tests alone: `openssl req -x509 -newkey ec -pkeyopt
 * ec_paramgen_curve:prime256v1 -nodes -days 36500 -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1`.
 */
export const selfSigned = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg1C98maaxh0grQeUk
PD+znTwohud3M3XUhPkSl+e4CrehRANCAATH4EMWpwLkqG6T0SjLYx71I/APOKT8
bzuhGKvds27KlP5V2yPK316+u/bEMiXkaLenqlGJNNBA/E7b0Y41nPXu
-----END PRIVATE KEY-----
`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUSL5ALdfN+FZxdjQIpA2eu/90IEgwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNDA5MzMwNVoYDzIxMjYxMDMx
MDkzMzA1WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATH4EMWpwLkqG6T0SjLYx71I/APOKT8bzuhGKvds27KlP5V2yPK316+
u/bEMiXkaLenqlGJNNBA/E7b0Y41nPXuo28wbTAdBgNVHQ4EFgQUosF8/ukjwP0Q
Xpa6ziLKvYPRxNQwHwYDVR0jBBgwFoAUosF8/ukjwP0QXpa6ziLKvYPRxNQwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSAAwRQIgICXf4eGOY3qmxdpWhCrNXkt3UmyYG2W6NCK85Oe9epQCIQDS
GiKay81HuKu2ZdS2ELaGomjwYnF+F391pI4SO7LNsg==
-----END CERTIFICATE-----
`,
};

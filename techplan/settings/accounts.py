"""How people sign in, the same on every site; what the environment decides stands in base.py."""

AUTH_USER_MODEL = "organizations.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "organizations:start"

ACCOUNT_ADAPTER = "organizations.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "organizations.forms.accounts.LoginForm",
    "signup": "organizations.forms.accounts.SignupForm",
    "reset_password": "organizations.forms.accounts.ResetPasswordForm",
    "reset_password_from_key": "organizations.forms.accounts.ResetPasswordKeyForm",
    "change_password": "organizations.forms.accounts.ChangePasswordForm",
    "add_email": "organizations.forms.accounts.ChangeEmailForm",
    "reauthenticate": "organizations.forms.accounts.ReauthenticateForm",
}
MFA_ADAPTER = "organizations.adapter.MFAAdapter"
MFA_FORMS = {
    "authenticate": "organizations.forms.accounts.AuthenticateForm",
    "reauthenticate": "organizations.forms.accounts.ReauthenticateByCodeForm",
    "activate_totp": "organizations.forms.accounts.ActivateAppForm",
    "add_webauthn": "organizations.forms.accounts.AddPasskeyForm",
    "edit_webauthn": "organizations.forms.accounts.RenamePasskeyForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = None
# A whole office or workshop may sit behind one address; whoever guesses at one account is stopped sooner.
ACCOUNT_RATE_LIMITS = {"signup": "60/m/ip", "login": "90/m/ip", "login_failed": "60/m/ip,10/300s/key"}
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # half a minute to either side, for phones whose clock is off

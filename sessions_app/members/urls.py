"""The admin's pages about people."""

from django.urls import path

from sessions_app.members import views

app_name = "members"
urlpatterns = [
    path("", views.people, name="people"),
    path("<uuid:person_id>/", views.person, name="person"),
    path("<uuid:person_id>/add-role/", views.give_role, name="give_role"),
    path("<uuid:person_id>/<slug:deed>/", views.account_deed, name="account_deed"),
    path("roles/<uuid:role_id>/change/", views.change_role, name="change_role"),
    path("roles/<uuid:role_id>/<slug:deed>/", views.role_deed, name="role_deed"),
]
